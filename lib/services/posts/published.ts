import type { PublishedColumns, PublishedPost } from '@/lib/services/posts/read'
import { type PostRow, postColumns, postView } from '@/lib/services/posts/view'
import { findPicture } from '@/lib/services/uploads/read'
import { query, sql } from '@/lib/sql'

/** The posts that were published last, the latest first, with their authors' names and their covers. */
export async function newestPublished(limit: number): Promise<PublishedPost[]> {
  const rows = await query<PostRow & PublishedColumns>(sql`
    SELECT ${postColumns}, tags, tag_keys AS "tagKeys", (SELECT name FROM users WHERE users.id = posts.author_id) AS author
    FROM posts WHERE status = 'published' AND deleted_at IS NULL
    ORDER BY published_at DESC, id DESC LIMIT ${limit}`)
  return Promise.all(
    rows.map(async (row) => ({
      ...postView(row),
      author: row.author,
      tags: row.tags,
      tagKeys: row.tagKeys,
      cover: row.coverUploadId ? await findPicture(row.coverUploadId) : null,
    })),
  )
}

/** Where a published post is, and when it last changed. */
export type PublishedAddress = { slug: string; updatedAt: Date }

/** One part of the addresses of all published posts; an empty one where there is no such part. */
export function publishedAddresses(part: number, size: number): Promise<PublishedAddress[]> {
  return query<PublishedAddress>(sql`
    SELECT slug, updated_at AS "updatedAt" FROM posts WHERE status = 'published' AND deleted_at IS NULL
    ORDER BY id LIMIT ${size} OFFSET ${(part - 1) * size}`)
}

export async function countPublished(): Promise<number> {
  const [row] = await query<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM posts WHERE status = 'published' AND deleted_at IS NULL`,
  )
  return row?.total ?? 0
}
