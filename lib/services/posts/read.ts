import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { PostView } from '@/lib/schemas/posts'
import type { UploadView } from '@/lib/schemas/uploads'
import { type PostRow, postColumns, postView } from '@/lib/services/posts/view'
import { findUpload } from '@/lib/services/uploads/read'
import type { Viewer } from '@/lib/services/viewer'
import { query, type Sql, sql } from '@/lib/sql'

/**
 * One of the viewer's own posts, or, for nobody in particular, a published one.
 *
 * @throws AppError `not_found`, for somebody else's as for none.
 */
export async function readPost(viewer: Viewer | null, id: string): Promise<PostView> {
  if (!isId(id)) throw notFound('post')
  const allowed = viewer ? sql`author_id = ${viewer.userId}` : sql`status = 'published'`
  const post = await one(sql`id = ${id} AND ${allowed}`)
  if (!post) throw notFound('post')
  return post
}

/** The published post with this slug, with its author's name and its cover, or null. */
export async function findPublished(slug: string): Promise<PublishedPost | null> {
  const [row] = await query<PostRow & { author: string }>(sql`
    SELECT ${postColumns}, (SELECT name FROM users WHERE users.id = posts.author_id) AS author
    FROM posts WHERE slug = ${slug} AND status = 'published' AND deleted_at IS NULL`)
  if (!row) return null
  const cover = row.coverUploadId ? await findUpload(row.coverUploadId) : null
  return { ...postView(row), author: row.author, cover }
}

export type PublishedPost = PostView & { author: string; cover: UploadView | null }

/** The version of the published post with this slug, as it stands in an address, or null: one look into the index. */
export async function publishedVersion(slug: string): Promise<number | null> {
  const [row] = await query<{ version: number }>(
    sql`SELECT version FROM posts WHERE slug = ${slug} AND status = 'published' AND deleted_at IS NULL`,
  )
  return row?.version ?? null
}

async function one(condition: Sql): Promise<PostView | null> {
  const [row] = await query<PostRow>(
    sql`SELECT ${postColumns} FROM posts WHERE ${condition} AND deleted_at IS NULL`,
  )
  return row ? postView(row) : null
}
