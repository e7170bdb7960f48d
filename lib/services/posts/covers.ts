import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

export type CoveredPost = { id: string; title: string; coverUploadId: string }

/** The viewer's posts whose covers these uploads are, without those in the trash. */
export async function listCovered(viewer: Viewer, uploadIds: readonly string[]): Promise<CoveredPost[]> {
  return query<CoveredPost>(sql`
    SELECT id, title, cover_upload_id AS "coverUploadId" FROM posts
    WHERE cover_upload_id = ANY (${uploadIds}::uuid[]) AND author_id = ${viewer.userId} AND deleted_at IS NULL
    ORDER BY updated_at DESC`)
}
