import { createCookieFor, createKeyFor, createPerson } from '@/e2e/fixtures/factories'
import type { Viewer } from '@/lib/services/viewer'
import { query, Sql, sql } from '@/lib/sql'

/** The one writer of all posts, and how the bench is let in as them. */
export type Writer = { viewer: Viewer; key: string; cookie: string }

export async function createWriter(): Promise<Writer> {
  const viewer = await createPerson({ tier: 'unlimited' })
  const { name, value } = await createCookieFor(viewer)
  return { viewer, key: await createKeyFor(viewer), cookie: `${name}=${value}` }
}

/**
 * Writes the posts from number `from` to `to`, published, of two thousand characters. Each hundredth has the tag and the
 * word that are looked for, whichever the number of posts. Each has two versions behind it.
 */
export async function writePosts({ viewer }: Writer, from: number, to: number): Promise<void> {
  for (let first = from; first <= to; first += AT_ONCE)
    await write(viewer, first, Math.min(to, first + AT_ONCE - 1))
  for (const table of ['posts', 'post_versions']) await query(new Sql(`VACUUM ANALYZE ${table}`, []))
}

/** No statement may take longer than the product’s own limit. */
const AT_ONCE = 5_000

async function write(viewer: Viewer, from: number, to: number): Promise<void> {
  await query(sql`
    WITH made AS (
    INSERT INTO posts (id, author_id, title, content, excerpt, slug, status, version, tags, tag_keys, created_at, published_at)
    SELECT uuidv7(), ${viewer.userId}, 'The lighthouse, part ' || n,
      rpad(CASE WHEN n % 100 = 0 THEN 'Foghorn. ' ELSE '' END, 2000, 'The keeper of the lamp saw ship number ' || n || '. '),
      'Of a lighthouse and who keeps it.', 'the-lighthouse-part-' || n, 'published', 2,
      CASE WHEN n % 100 = 0 THEN '{Fog}'::text[] ELSE '{Lamps}' END,
      CASE WHEN n % 100 = 0 THEN '{fog}'::text[] ELSE '{lamps}' END,
      now() - n * interval '1 minute', now() - n * interval '1 minute'
    FROM generate_series(${from}::int, ${to}::int) n
    RETURNING id, title, content, excerpt)
    INSERT INTO post_versions (post_id, version, title, content, excerpt)
    SELECT id, version, title, content, excerpt FROM made, generate_series(1, 2) version`)
}

/** The post in the middle of those there are. */
export async function middlePost(count: number): Promise<string> {
  const [row] = await query<{ id: string }>(
    sql`SELECT id FROM posts WHERE slug = ${`the-lighthouse-part-${count / 2}`}`,
  )
  return row?.id ?? ''
}

/** As after a save of any post: what is kept of the public list and of the author's is not what it is by now. */
export async function touch(): Promise<void> {
  await query(sql`UPDATE public_stamps SET stamp = gen_random_uuid()`)
  await query(sql`UPDATE post_stamps SET stamp = gen_random_uuid()`)
}
