import { AppError, notFound } from '@/lib/errors'
import type { UploadDescription } from '@/lib/schemas/uploads'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, sql, transaction } from '@/lib/sql'

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
 * @throws AppError `not_found`, for somebody else's as for none; `invalid`, at `/alt`, where the words would be taken from
 *   the cover of a post that is public, or will be by itself.
 */
export async function describeUpload(viewer: Viewer, id: string, alt: string): Promise<void> {
  const found = await transaction((query) => describeWithin(query, viewer, { id, alt }, 'alt'))
  if (!found) throw notFound('upload')
}

/**
 * The same in the transaction of `query`, as with the post whose cover it is.
 *
 * @param field of the form, by which a refusal is told.
 * @param postId a post that is changed in the same transaction. Its row and those of the other posts are taken in one order,
 *   so that two of these never wait for each other.
 * @returns whether it is one of the viewer's uploads; nothing is done otherwise.
 * @throws AppError `invalid`, as above.
 */
export async function describeWithin(
  query: Query,
  viewer: Viewer,
  { id, alt }: UploadDescription,
  field: string,
  postId: string | null = null,
): Promise<boolean> {
  const [before] = await query<{ alt: string }>(
    sql`SELECT alt FROM uploads WHERE id = ${id} AND owner_id = ${viewer.userId} FOR NO KEY UPDATE`,
  )
  if (!before) return false
  if (before.alt === alt) return true
  if (alt === '') {
    const [shown] = await query<{ title: string }>(sql`
      SELECT title FROM posts WHERE cover_upload_id = ${id} AND (status = 'published' OR publish_at IS NOT NULL)
      ORDER BY updated_at DESC LIMIT 1`)
    if (shown) throw stillShown(shown.title, field)
  }
  await query(sql`
    SELECT FROM posts WHERE id = ${postId} OR (cover_upload_id = ${id} AND deleted_at IS NULL) ORDER BY id FOR UPDATE`)
  await query(sql`UPDATE uploads SET alt = ${alt} WHERE id = ${id}`)
  await query(
    sql`UPDATE posts SET cover_upload_id = cover_upload_id WHERE cover_upload_id = ${id} AND deleted_at IS NULL`,
  )
  return true
}

function stillShown(title: string, field: string): AppError {
  const detail = `It is the cover of “${title}”, which is published with these words. Change them, or give that post another cover first.`
  return new AppError('invalid', detail, { fields: [{ pointer: `/${field}`, detail }] })
}
