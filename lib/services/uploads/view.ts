import type { UploadView } from '@/lib/schemas/uploads'
import { type Sql, sql } from '@/lib/sql'

/** An upload as the house sees it: with what only pages tell, and the API does not. */
export type PictureView = UploadView & { alt: string; placeholder: string }

export type UploadRow = Omit<UploadView, 'url' | 'createdAt'> & { createdAt: Date }

/** The columns of an upload as every caller sees it. */
export const uploadColumns: Sql = sql`id, filename, mime, bytes, width, height, created_at AS "createdAt"`

export type PictureRow = UploadRow & Pick<PictureView, 'alt' | 'placeholder'>

export const pictureColumns: Sql = sql`${uploadColumns}, alt, placeholder`

export function uploadView(row: UploadRow): UploadView {
  return { ...row, url: uploadUrl(row), createdAt: row.createdAt.toISOString() }
}

export function pictureView(row: PictureRow): PictureView {
  return { ...uploadView(row), alt: row.alt, placeholder: row.placeholder }
}

/** Where an upload is served. */
function uploadUrl({ id, filename }: Pick<UploadRow, 'id' | 'filename'>): string {
  return `/uploads/${id}/${encodeURIComponent(filename)}`
}
