import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, type Sql, sql } from '@/lib/sql'

/**
 * What the viewer's list of posts is known by, or, for nobody in particular, the public one: the same only as long as no
 * post of it has come, changed or gone. Triggers on `posts` renew it in the transaction of the change, so both are seen
 * at once or not at all.
 *
 * Whoever reads it apart from the list must read it first: a list may be newer than its stamp, never older.
 */
export async function listStamp(viewer: Viewer | null): Promise<string> {
  const [row] = await query<{ stamp: string }>(sql`SELECT ${stampOf(viewer)} AS stamp`)
  return row?.stamp ?? ''
}

/** The same as a part of a statement: one look into an index, or, for the public list, at sixteen rows. */
export function stampOf(viewer: Viewer | null): Sql {
  return viewer
    ? sql`coalesce((SELECT stamp::text FROM post_stamps WHERE author_id = ${viewer.userId}), '')`
    : sql`(SELECT md5(string_agg(stamp::text, ' ' ORDER BY slot)) FROM public_stamps)`
}

/** Renews it for a change of what is public that is none of a post’s, in the transaction of that change. */
export async function renewPublicStamp(query: Query, authorId: string): Promise<void> {
  await query(sql`SELECT renew_stamps('{}'::uuid[], ARRAY[${authorId}]::uuid[])`)
}
