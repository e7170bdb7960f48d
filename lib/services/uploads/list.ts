import type { UploadListQuery, UploadView } from '@/lib/schemas/uploads'
import { encodeCursor, place } from '@/lib/services/keyset'
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
import { query, type Sql, sql } from '@/lib/sql'

export type UploadList = { uploads: UploadView[]; nextCursor: string | null; total?: number }

/** The viewer's uploads, newest first. @throws AppError `invalid` for a cursor that is none. */
export async function listUploads(viewer: Viewer, wanted: UploadListQuery): Promise<UploadList> {
  const { rows, nextCursor } = await pageOf<UploadRow>(viewer, wanted, uploadColumns)
  return {
    uploads: rows.map(uploadView),
    nextCursor,
    ...(wanted.count ? { total: await countUploads(viewer) } : {}),
  }
}

/** The same with what only pages tell. */
export async function listPictures(
  viewer: Viewer,
  wanted: UploadListQuery,
): Promise<{ pictures: PictureView[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await pageOf<PictureRow>(viewer, wanted, pictureColumns)
  return { pictures: rows.map(pictureView), nextCursor }
}

async function pageOf<Row extends UploadRow>(viewer: Viewer, wanted: UploadListQuery, columns: Sql) {
  const { after, offset } = place(wanted, sql`created_at`)
  // One more than asked for tells whether there is a next page.
  const rows = await query<Row>(sql`
    SELECT ${columns} FROM uploads WHERE owner_id = ${viewer.userId} AND ${after}
    ORDER BY created_at DESC, id DESC LIMIT ${wanted.limit + 1} OFFSET ${offset}`)
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  return {
    rows: page,
    nextCursor: rows.length > wanted.limit && last ? encodeCursor(last.createdAt, last.id) : null,
  }
}

async function countUploads(viewer: Viewer): Promise<number> {
  const [row] = await query<{ total: number }>(
    sql`SELECT count(*)::int AS total FROM uploads WHERE owner_id = ${viewer.userId}`,
  )
  return row?.total ?? 0
}

/** What the viewer may choose a cover from: the newest uploads, and the one that is the cover now, however old. */
export async function listCoverChoices(viewer: Viewer, current: string | null): Promise<PictureView[]> {
  const rows = await query<PictureRow>(sql`
    SELECT ${pictureColumns} FROM uploads
    WHERE owner_id = ${viewer.userId} AND (id = ${current} OR id IN (
      SELECT id FROM uploads WHERE owner_id = ${viewer.userId} ORDER BY created_at DESC, id DESC LIMIT ${COVER_CHOICES}))
    ORDER BY created_at DESC, id DESC`)
  return rows.map(pictureView)
}

const COVER_CHOICES = 100
