import { query, type Sql, sql } from '@/lib/sql'

/** A published post as another one leads to it. */
export type Neighbour = { slug: string; title: string }

/** What was published just before and just after a published post, or null at either end. */
export async function findNeighbours(
  id: string,
): Promise<{ previous: Neighbour | null; next: Neighbour | null }> {
  const [row] = await query<{ previous: Neighbour | null; next: Neighbour | null }>(sql`
    SELECT (${before(sql`json_build_object('slug', slug, 'title', title)`)}) AS previous,
      (${after(sql`json_build_object('slug', slug, 'title', title)`)}) AS next
    FROM posts this WHERE id = ${id}`)
  return row ?? { previous: null, next: null }
}

/** What tells the neighbours of the row `this` from any others, and each version of them from another. For a statement. */
export function neighboursStamp(): Sql {
  const stamp = sql`id::text || version`
  return sql`left(md5(concat((${before(stamp)}), ' ', (${after(stamp)}))), 12)`
}

function before(columns: Sql): Sql {
  return sql`SELECT ${columns} FROM posts WHERE status = 'published' AND deleted_at IS NULL
    AND (published_at, id) < (this.published_at, this.id) ORDER BY published_at DESC, id DESC LIMIT 1`
}

function after(columns: Sql): Sql {
  return sql`SELECT ${columns} FROM posts WHERE status = 'published' AND deleted_at IS NULL
    AND (published_at, id) > (this.published_at, this.id) ORDER BY published_at, id LIMIT 1`
}
