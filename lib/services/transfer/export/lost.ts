import { log } from '@/lib/log'
import type { ExportedUpload } from '@/lib/services/transfer/export/rows'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** Keeps in mind which of the viewer's uploads had no file at their latest export, so that they and the operator learn it. */
export async function noteLost(viewer: Viewer, lost: readonly Pick<ExportedUpload, 'id'>[]): Promise<void> {
  const ids = lost.map(({ id }) => id)
  if (ids.length > 0) log().error({ uploads: ids }, 'files of uploads are not in the storage')
  await query(sql`
    WITH found AS (
      DELETE FROM lost_files USING uploads
      WHERE uploads.id = upload_id AND owner_id = ${viewer.userId} AND upload_id <> ALL (${ids}::uuid[])
    )
    INSERT INTO lost_files (upload_id) SELECT id FROM uploads WHERE id = ANY (${ids}::uuid[]) ON CONFLICT DO NOTHING`)
}

/** The names of the viewer's uploads that had no file at their latest export. */
export async function listLost(viewer: Viewer): Promise<string[]> {
  const rows = await query<{ filename: string }>(sql`
    SELECT filename FROM lost_files JOIN uploads ON uploads.id = upload_id
    WHERE owner_id = ${viewer.userId} ORDER BY filename, upload_id`)
  return rows.map(({ filename }) => filename)
}
