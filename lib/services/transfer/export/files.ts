import type { Readable } from 'node:stream'
import { storage } from '@/lib/providers/storage'
import { manifestPieces, pictureName } from '@/lib/services/transfer/export/manifest'
import { postFile } from '@/lib/services/transfer/export/post-file'
import { exportedPosts, exportedUploads } from '@/lib/services/transfer/export/rows'
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
 * The files of an export, one after the other: the list of pictures, the posts, the pictures.
 *
 * @param open hands the content of a picture on, and may close it before its end.
 * @throws AppError `unavailable` where the storage can't be reached; an error where a picture has no file.
 */
export async function* exportedFiles(
  viewer: Viewer,
  open: (content: Readable) => ReadableStream<Uint8Array>,
): AsyncGenerator<ZipEntry, void, void> {
  const now = new Date()
  yield { name: MANIFEST, lastModified: now, input: manifestPieces(viewer, now) }
  for await (const post of exportedPosts(viewer)) {
    const { name, text } = await postFile(viewer, post)
    yield { name, lastModified: zipDate(post.updatedAt), input: text }
  }
  for await (const upload of exportedUploads(viewer, now)) {
    const content = await storage().read(originalKey(upload.id))
    if (content) {
      yield { name: pictureName(upload), lastModified: zipDate(upload.createdAt), input: open(content) }
      continue
    }
    // Deleted since the list was read, it is no loss; still there without its file, it is one.
    if (await findPicture(upload.id)) throw new Error(`the file of upload ${upload.id} is not in the storage`)
  }
}

/** Zips know no time before 1980 (APPNOTE, 4.4.6). */
function zipDate(date: Date): Date {
  return date.getUTCFullYear() < 1980 ? new Date('1980-01-02T00:00:00Z') : date
}
