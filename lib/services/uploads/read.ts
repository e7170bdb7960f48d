import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { UploadView } from '@/lib/schemas/uploads'
import {
  type PictureRow,
  type PictureView,
  pictureColumns,
  pictureView,
  type UploadRow,
  uploadColumns,
  uploadView,
} from '@/lib/services/uploads/view'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** One of the viewer's uploads. @throws AppError `not_found`, for somebody else's as for none. */
export async function readUpload(viewer: Viewer, id: string): Promise<UploadView> {
  if (!isId(id)) throw notFound('upload')
  const [row] = await query<UploadRow>(
    sql`SELECT ${uploadColumns} FROM uploads WHERE id = ${id} AND owner_id = ${viewer.userId}`,
  )
  if (!row) throw notFound('upload')
  return uploadView(row)
}

/** The upload with this id, whoever's it is, or null: for those to whom it is shown. */
export async function findPicture(id: string): Promise<PictureView | null> {
  const [row] = await query<PictureRow>(sql`SELECT ${pictureColumns} FROM uploads WHERE id = ${id}`)
  return row ? pictureView(row) : null
}
