import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { PostView } from '@/lib/schemas/posts'
import { neighboursStamp } from '@/lib/services/posts/neighbours'
import { type PostRow, postColumns, postView } from '@/lib/services/posts/view'
import { findPicture } from '@/lib/services/uploads/read'
import type { PictureView } from '@/lib/services/uploads/view'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, type Sql, sql } from '@/lib/sql'

/**
 * One of the viewer's own posts, or, for nobody in particular, a published one.
 *
 * @param run the statement's transaction, where it is part of one.
 * @throws AppError `not_found`, for somebody else's as for none.
 */
export async function readPost(viewer: Viewer | null, id: string, run: Query = query): Promise<PostView> {
  if (!isId(id)) throw notFound('post')
  const allowed = viewer ? sql`author_id = ${viewer.userId}` : sql`status = 'published'`
  const [row] = await run<PostRow>(
    sql`SELECT ${postColumns} FROM posts WHERE id = ${id} AND ${allowed} AND deleted_at IS NULL`,
  )
  if (!row) throw notFound('post')
  return postView(row)
}

/** The published post with this slug, with its author’s name, its cover and its tags, or null. */
export async function findPublished(slug: string): Promise<PublishedPost | null> {
  const [row] = await query<PostRow & PublishedColumns>(sql`
    SELECT ${postColumns}, tags, tag_keys AS "tagKeys", (SELECT name FROM users WHERE users.id = posts.author_id) AS author
    FROM posts WHERE slug = ${slug} AND status = 'published' AND deleted_at IS NULL`)
  if (!row) return null
  const cover = row.coverUploadId ? await findPicture(row.coverUploadId) : null
  return { ...postView(row), author: row.author, tags: row.tags, tagKeys: row.tagKeys, cover }
}

/** What the picture of a published post is made of, or null if there is no such post. */
export async function readCard(
  id: string,
): Promise<Pick<PublishedPost, 'title' | 'author' | 'cover'> | null> {
  if (!isId(id)) return null
  const [row] = await query<{ title: string; author: string; coverUploadId: string | null }>(sql`
    SELECT title, cover_upload_id AS "coverUploadId",
      (SELECT name FROM users WHERE users.id = posts.author_id) AS author
    FROM posts WHERE id = ${id} AND status = 'published' AND deleted_at IS NULL`)
  if (!row) return null
  const { title, author, coverUploadId } = row
  return { title, author, cover: coverUploadId ? await findPicture(coverUploadId) : null }
}

/** `tagKeys` are what the tags are found by, in the same order. */
export type PublishedColumns = { author: string; tags: string[]; tagKeys: string[] }
export type PublishedPost = PostView & PublishedColumns & { cover: PictureView | null }

/**
 * What the page of the published post with this slug is known by, as a part of an address: another for each version of the
 * post, of those that it leads to, and of what it shows that has no versions: its author’s name, and what is said of its
 * cover. Null if there is none. A few looks into indexes.
 */
export async function publishedVersion(slug: string): Promise<string | null> {
  const [row] = await query<{ version: string }>(sql`
    SELECT concat_ws('-', version, ${neighboursStamp()}, ${besideStamp()}) AS version FROM posts this
    WHERE slug = ${slug} AND status = 'published' AND deleted_at IS NULL`)
  return row?.version ?? null
}

/** What tells the author’s name and the cover’s words from any others, of the row `this`. For a statement. */
function besideStamp(): Sql {
  return sql`left(md5(jsonb_build_array((SELECT name FROM users WHERE users.id = this.author_id),
    (SELECT alt FROM uploads WHERE uploads.id = this.cover_upload_id))::text), 12)`
}

/** The slug that a published post has now, which had this one before, or null. */
export async function movedTo(formerSlug: string): Promise<string | null> {
  const [row] = await query<{ slug: string }>(sql`
    SELECT posts.slug FROM former_slugs JOIN posts ON posts.id = post_id
    WHERE former_slugs.slug = ${formerSlug} AND status = 'published' AND deleted_at IS NULL`)
  return row?.slug ?? null
}
