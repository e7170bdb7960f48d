import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { isHeldBack } from '@/lib/services/posts/schedule'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/**
 * What the dashboard knows of a post beyond what the API tells. `publishAt`: when it is to be published by itself;
 * `heldBack`: that time has come, and it waits for somebody to say what its cover shows.
 */
export type PostDetails = { tags: string[]; publishAt: Date | null; heldBack: boolean }

/** @throws AppError `not_found`, for somebody else's as for none. */
export async function readDetails(viewer: Viewer, id: string): Promise<PostDetails> {
  if (!isId(id)) throw notFound('post')
  const [row] = await query<PostDetails>(sql`
    SELECT tags, publish_at AS "publishAt", ${isHeldBack()} AS "heldBack" FROM posts
    WHERE id = ${id} AND author_id = ${viewer.userId} AND deleted_at IS NULL`)
  if (!row) throw notFound('post')
  return row
}
