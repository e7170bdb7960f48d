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

export function postView(row: PostRow): PostView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
  }
}
