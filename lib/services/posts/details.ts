import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** What the dashboard knows of a post beyond what the API tells. `publishAt`: when it is to be published by itself. */
export type PostDetails = { tags: string[]; publishAt: Date | null }

/** @throws AppError `not_found`, for somebody else's as for none. */
export async function readDetails(viewer: Viewer, id: string): Promise<PostDetails> {
  if (!isId(id)) throw notFound('post')
  const [row] = await query<PostDetails>(sql`
    SELECT tags, publish_at AS "publishAt" FROM posts
    WHERE id = ${id} AND author_id = ${viewer.userId} AND deleted_at IS NULL`)
  if (!row) throw notFound('post')
  return row
}
