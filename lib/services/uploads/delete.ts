import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { keepVersions } from '@/lib/services/posts/versions'
import { dropFiles } from '@/lib/services/uploads/orphans'
import type { Viewer } from '@/lib/services/viewer'
import { sql, transaction } from '@/lib/sql'

/**
 * Deletes one of the viewer's uploads and its files. A post whose cover it was has none then, which is a new version of
 * the post, since callers see it.
 *
 * @throws AppError `not_found`, for somebody else's as for none.
 */
export async function deleteUpload(viewer: Viewer, id: string): Promise<void> {
  if (!isId(id)) throw notFound('upload')
  await transaction(async (query) => {
    // Locked first: a post that takes it for its cover just now waits, and finds that it is gone.
    const mine = await query(
      sql`SELECT FROM uploads WHERE id = ${id} AND owner_id = ${viewer.userId} FOR UPDATE`,
    )
    if (mine.length === 0) throw notFound('upload')
    await query(sql`
      WITH saved AS (
        UPDATE posts SET cover_upload_id = NULL, version = version + 1, updated_at = now()
        WHERE cover_upload_id = ${id} RETURNING *
      ), history AS (${keepVersions(sql`saved`)})
      SELECT FROM saved`)
    await query(sql`DELETE FROM uploads WHERE id = ${id}`)
  })
  await dropFiles(id)
}
