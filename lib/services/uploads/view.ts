import type { UploadView } from '@/lib/schemas/uploads'
import { type Sql, sql } from '@/lib/sql'

export type UploadRow = Omit<UploadView, 'url' | 'createdAt'> & { createdAt: Date }

/** The columns of an upload as every caller sees it. */
export const uploadColumns: Sql = sql`id, filename, mime, bytes, width, height, created_at AS "createdAt"`

export function uploadView(row: UploadRow): UploadView {
  return { ...row, url: uploadUrl(row), createdAt: row.createdAt.toISOString() }
}

/** Where an upload is served. */
function uploadUrl({ id, filename }: Pick<UploadRow, 'id' | 'filename'>): string {
  return `/uploads/${id}/${encodeURIComponent(filename)}`
}
