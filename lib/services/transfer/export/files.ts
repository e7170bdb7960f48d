import type { Readable } from 'node:stream'
import { storage } from '@/lib/providers/storage'
import { databaseTime } from '@/lib/services/transfer/database-time'
import { noteLost } from '@/lib/services/transfer/export/lost'
import { manifestPieces, pictureName } from '@/lib/services/transfer/export/manifest'
import { postFile } from '@/lib/services/transfer/export/post-file'
import {
  type ExportedUpload,
  exportedPosts,
  exportedUploads,
  uploadIds,
} from '@/lib/services/transfer/export/rows'
import { MANIFEST } from '@/lib/services/transfer/manifest'
import { originalKey } from '@/lib/services/uploads/keys'
import { findPicture } from '@/lib/services/uploads/read'
import type { Viewer } from '@/lib/services/viewer'

/** A file of the zip. */
type ZipEntry = {
  name: string
  lastModified: Date
  input: string | ReadableStream<Uint8Array> | AsyncIterable<string>
}

/**
 * The files of an export, one after the other: the posts, the pictures that were there when it began, and what there is
 * to say of them, with those whose files are gone from the storage: nobody is kept from leaving by what is lost already.
 *
 * @param open hands the content of a picture on, and may close it before its end.
 * @throws AppError `unavailable` where the storage can't be reached.
 */
export async function* exportedFiles(
  viewer: Viewer,
  open: (content: Readable) => ReadableStream<Uint8Array>,
): AsyncGenerator<ZipEntry, void, void> {
  const exportedAt = await databaseTime()
  const ids = await uploadIds(viewer)
  for await (const post of exportedPosts(viewer)) {
    const { name, text } = await postFile(viewer, post)
    yield { name, lastModified: zipDate(post.updatedAt), input: text }
  }
  const pictures: string[] = []
  const lost: ExportedUpload[] = []
  for await (const upload of exportedUploads(viewer, ids)) {
    const content = await storage().read(originalKey(upload.id))
    if (content) {
      pictures.push(upload.id)
      yield { name: pictureName(upload), lastModified: zipDate(upload.createdAt), input: open(content) }
      continue
    }
    // Deleted since its row was read, it is no loss; still there without its file, it is one.
    if (await findPicture(upload.id)) lost.push(upload)
  }
  await noteLost(viewer, lost)
  yield {
    name: MANIFEST,
    lastModified: exportedAt,
    input: manifestPieces(viewer, { exportedAt, pictures, lost }),
  }
}

/** Zips know no time before 1980 (APPNOTE, 4.4.6). */
function zipDate(date: Date): Date {
  return date.getUTCFullYear() < 1980 ? new Date('1980-01-02T00:00:00Z') : date
}
