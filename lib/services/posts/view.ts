import type { PostView } from '@/lib/schemas/posts'
import { type Sql, sql } from '@/lib/sql'

export type PostRow = Omit<PostView, 'createdAt' | 'updatedAt' | 'publishedAt'> & {
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
}

/** The columns of a post as every caller sees it. */
export const postColumns: Sql = sql`id, title, content, excerpt, slug, status, cover_upload_id AS "coverUploadId", version,
  created_at AS "createdAt", updated_at AS "updatedAt", published_at AS "publishedAt"`

/**
 * A post as every caller gets it, of a row that may have more columns. Written out: spreading a row takes several times as
 * long, and lists make a hundred.
 */
export function postView(row: PostRow): PostView {
  return {
    id: row.id,
    title: row.title,
    content: row.content,
    excerpt: row.excerpt,
    slug: row.slug,
    status: row.status,
    coverUploadId: row.coverUploadId,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
  }
}
