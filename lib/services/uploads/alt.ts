import { notFound } from '@/lib/errors'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql, transaction } from '@/lib/sql'

/** What one of the viewer's uploads is said to show; null if it is none of theirs. */
export async function altOf(viewer: Viewer, id: string): Promise<string | null> {
  const [row] = await query<{ alt: string }>(
    sql`SELECT alt FROM uploads WHERE id = ${id} AND owner_id = ${viewer.userId}`,
  )
  return row?.alt ?? null
}

/**
 * Says what one of the viewer's uploads shows. Of the posts whose cover it is no version is made, since nothing of theirs
 * has changed; but the feeds and lists that tell of them are made anew.
 *
 * @throws AppError `not_found`, for somebody else's as for none.
 */
export async function describeUpload(viewer: Viewer, id: string, alt: string): Promise<void> {
  await transaction(async (query) => {
    const described = await query(
      sql`UPDATE uploads SET alt = ${alt} WHERE id = ${id} AND owner_id = ${viewer.userId} RETURNING id`,
    )
    if (described.length === 0) throw notFound('upload')
    await query(
      sql`UPDATE posts SET cover_upload_id = cover_upload_id WHERE cover_upload_id = ${id} AND deleted_at IS NULL`,
    )
  })
}
