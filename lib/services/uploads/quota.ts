import { formatBytes } from '@/lib/bytes'
import { AppError } from '@/lib/errors'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** In bytes; `allowed` null is no limit. */
export type UploadRoom = { used: number; allowed: number | null }

/** How much of the room that their tier has the viewer's uploads take. The narrower copies are the house's. */
export async function uploadRoom(viewer: Viewer): Promise<UploadRoom> {
  const [row] = await query<UploadRoom>(sql`
    SELECT coalesce((SELECT bytes FROM upload_usage WHERE owner_id = users.id), 0)::float8 AS used,
      upload_quota::float8 AS allowed
    FROM users JOIN tier_policies USING (tier) WHERE users.id = ${viewer.userId}`)
  if (!row) throw new Error('an account has no tier')
  return row
}

/** What is said of an upload that the database has refused for want of room. */
export async function noRoomFor(viewer: Viewer, bytes: number): Promise<AppError> {
  const { used, allowed } = await uploadRoom(viewer)
  const detail =
    `There is no room for this picture, which takes ${formatBytes(bytes)}: ` +
    `${formatBytes(used)} of your ${formatBytes(allowed ?? 0)} are used. Delete pictures that you no longer need.`
  return new AppError('too_large', detail, { fields: [{ pointer: '/file', detail }] })
}
