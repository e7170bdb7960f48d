import { violatedCheck } from '@/lib/db-errors'
import { newId } from '@/lib/ids'
import { normalizeImage, type WrittenImage } from '@/lib/providers/images'
import { type SpooledFile, spool } from '@/lib/providers/spool'
import { storage } from '@/lib/providers/storage'
import type { UploadView } from '@/lib/schemas/uploads'
import { earlierAttempt, fingerprint, takeAttempt } from '@/lib/services/attempts'
import { uploadFilename } from '@/lib/services/uploads/filename'
import { originalKey } from '@/lib/services/uploads/keys'
import { adoptFiles, dropFiles, expectFiles } from '@/lib/services/uploads/orphans'
import { noRoomFor } from '@/lib/services/uploads/quota'
import { readUpload } from '@/lib/services/uploads/read'
import { type UploadRow, uploadColumns, uploadView } from '@/lib/services/uploads/view'
import type { Viewer } from '@/lib/services/viewer'
import { sql, transaction } from '@/lib/sql'

/** A file as it was sent, and the name it was sent under. */
export type SentFile = SpooledFile & { filename: string }

/**
 * Keeps a picture. With an attempt key, the same key, bytes, name and words answer the upload that was made the first time.
 *
 * First the file is stored and then the row is made, so that there is never a row without its file; a file that stays
 * without a row is swept.
 *
 * @param alt what it shows, in words; empty if nobody has said yet.
 * @throws AppError what `normalizeImage` throws, `too_large` too where the account has no room left, `key_reused`, and `unavailable` where database or storage are.
 */
export async function createUpload(
  viewer: Viewer,
  sent: SentFile,
  key: string | null,
  alt = '',
): Promise<UploadView> {
  // Without words as before there were any, so that keys from then are still known.
  const request = { filename: sent.filename, sha256: sent.sha256, ...(alt ? { alt } : {}) }
  const attempt = key ? { key, fingerprint: fingerprint('createUpload', request) } : null
  // Asked before the work, so that a second try is answered at once; and again with the row, which decides.
  const earlier = attempt && (await earlierAttempt(viewer, attempt))
  if (earlier) return readUpload(viewer, earlier)
  const image = await normalizeImage(sent.path)
  const id = newId()
  try {
    await expectFiles(id)
    await storage().put(originalKey(id), image.path)
    const made = await transaction(async (query) => {
      const earlier = attempt && (await takeAttempt(query, viewer, attempt, id))
      if (earlier) return { earlier }
      await adoptFiles(query, id)
      const [row] = await query<UploadRow>(insertion(viewer, id, sent.filename, image, alt))
      if (!row) throw new Error('a row that was inserted is not there')
      return row
    })
    if (!('earlier' in made)) return uploadView(made)
    await dropFiles(id)
    return readUpload(viewer, made.earlier)
  } catch (error) {
    // Not certain that nothing was made: where an answer was lost, the row may be there, and then the file stays.
    await dropFiles(id)
    throw violatedCheck(error) === 'upload_quota' ? await noRoomFor(viewer, image.bytes) : error
  } finally {
    await spool().remove(image.path)
  }
}

function insertion(viewer: Viewer, id: string, sentName: string, image: WrittenImage, alt: string) {
  const { type, extension, bytes, width, height, animated, placeholder } = image
  return sql`
    INSERT INTO uploads (id, owner_id, filename, mime, bytes, width, height, alt, animated, placeholder)
    VALUES (${id}, ${viewer.userId}, ${uploadFilename(sentName, extension)}, ${type}, ${bytes}, ${width}, ${height},
      ${alt}, ${animated}, ${placeholder})
    RETURNING ${uploadColumns}`
}
