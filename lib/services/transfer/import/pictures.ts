import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { isTooSlow } from '@/lib/providers/images'
import { type SpooledFile, spool } from '@/lib/providers/spool'
import { storage } from '@/lib/providers/storage'
import { ALT_MAX, type UploadView } from '@/lib/schemas/uploads'
import type { Picture } from '@/lib/services/transfer/sources/types'
import { storable } from '@/lib/services/transfer/storable'
import { createUpload, readUpload } from '@/lib/services/uploads'
import { originalKey } from '@/lib/services/uploads/keys'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** What became of a picture of the bundle: an upload of the viewer's, or why there is none. */
export type Taken = { upload: UploadView } | { refused: string }

/**
 * Makes uploads of the pictures in a bundle, each once: by its content it is found again in whatever file it comes, and
 * an export that comes back to its own account finds the uploads that it was made of.
 */
export function pictureTaker(viewer: Viewer): (picture: Picture) => Promise<Taken> {
  const taken = new Map<string, Taken>()
  return async (found) => {
    const picture = { ...found, filename: storable(found.filename), alt: cutAlt(storable(found.alt)) }
    const result = taken.get(picture.file.path) ?? (await take(viewer, picture))
    taken.set(picture.file.path, result)
    if ('upload' in result && picture.alt) await describe(result.upload, picture.alt)
    return result
  }
}

/** What an upload may have as its alternative text. */
function cutAlt(alt: string): string {
  return Array.from(alt.trim()).slice(0, ALT_MAX).join('').trimEnd()
}

/** What a picture shows is said by the first who says it. */
async function describe({ id }: UploadView, alt: string): Promise<void> {
  await query(sql`UPDATE uploads SET alt = ${alt} WHERE id = ${id} AND alt = ''`)
}

async function take(viewer: Viewer, picture: Picture): Promise<Taken> {
  const mine = picture.uploadId && (await orNull(readUpload(viewer, picture.uploadId)))
  if (mine) return { upload: mine }
  try {
    return { upload: await keep(viewer, picture) }
  } catch (error) {
    if (
      error instanceof AppError &&
      (['invalid', 'too_large', 'unsupported_media_type', 'forbidden'].includes(error.code) ||
        isTooSlow(error))
    ) {
      return { refused: error.fields[0]?.detail ?? error.message }
    }
    throw error
  }
}

async function keep(viewer: Viewer, { file, filename, createdAt }: Picture): Promise<UploadView> {
  const sent = await spool().take(await file.open(), env().UPLOAD_MAX_BYTES)
  try {
    const sha256 = Buffer.from(sent.sha256, 'hex')
    const [known] = await query<{ id: string }>(sql`
      SELECT upload_id AS id FROM imported_uploads WHERE owner_id = ${viewer.userId} AND sha256 = ${sha256}`)
    const there = known && (await orNull(readUpload(viewer, known.id)))
    if (there) return there
    const same = await findSame(viewer, sent)
    if (same) return same
    // The key bridges the moment between the upload and the note of it.
    const upload =
      (await orNull(createUpload(viewer, { ...sent, filename }, `import:${sent.sha256}:${filename}`))) ??
      // The one that the key was for has been deleted since.
      (await createUpload(viewer, { ...sent, filename }, null))
    await query(sql`
      WITH dated AS (
        UPDATE uploads SET created_at = coalesce(${createdAt}::timestamptz, created_at) WHERE id = ${upload.id}
      )
      INSERT INTO imported_uploads (owner_id, sha256, upload_id) VALUES (${viewer.userId}, ${sha256}, ${upload.id})
      ON CONFLICT (owner_id, sha256) DO NOTHING`)
    return upload
  } finally {
    await spool().remove(sent.path)
  }
}

/** The viewer's upload whose file has just these bytes: what we wrote ourselves need not be written anew. */
async function findSame(viewer: Viewer, { bytes, sha256 }: SpooledFile): Promise<UploadView | null> {
  const alike = await query<{ id: string }>(
    sql`SELECT id FROM uploads WHERE owner_id = ${viewer.userId} AND bytes = ${bytes} ORDER BY id`,
  )
  for (const { id } of alike) {
    const stored = await storage().read(originalKey(id))
    if (stored && (await sha256Of(stored)) === sha256) return orNull(readUpload(viewer, id))
  }
  return null
}

async function sha256Of(content: Readable): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(content, hash)
  return hash.digest('hex')
}

async function orNull(upload: Promise<UploadView>): Promise<UploadView | null> {
  try {
    return await upload
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}
