import type { Readable } from 'node:stream'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { resizeImage } from '@/lib/providers/images'
import { spool } from '@/lib/providers/spool'
import { type ByteRange, storage } from '@/lib/providers/storage'
import { SERVED_WIDTHS, type UploadView } from '@/lib/schemas/uploads'
import { narrowKey, originalKey } from '@/lib/services/uploads/keys'
import { findUpload } from '@/lib/services/uploads/read'

/** A picture to be served. What `tag` names never changes. */
export type ServedPicture = {
  filename: string
  mime: UploadView['mime']
  bytes: number
  tag: string
  /** The whole of it, or a part. @throws AppError `not_found` if it has been deleted meanwhile. */
  read(range?: ByteRange): Promise<Readable>
}

/**
 * An upload for whoever has its address: they are public, as the posts are that show them.
 *
 * @param wanted a width in pixels. Answered by the next of the widths that are served, made when it is first asked for;
 *   where the upload is no wider than that, by the upload itself.
 * @throws AppError `not_found`, also where the name is another one: an upload has one address.
 */
export async function servePicture(id: string, filename: string, wanted?: number): Promise<ServedPicture> {
  const upload = isId(id) ? await findUpload(id) : null
  if (upload?.filename !== filename) throw notFound('upload')
  const width = SERVED_WIDTHS.find((served) => served >= (wanted ?? Number.POSITIVE_INFINITY))
  const key = width && width < upload.width ? await narrow(upload, width) : originalKey(id)
  const bytes = await storage().size(key)
  if (bytes === null) throw notFound('upload')
  return {
    filename,
    mime: upload.mime,
    bytes,
    // The size tells apart what two versions of the encoder have made for the same address.
    tag: `"${key.replace('/', '-')}-${bytes}"`,
    read: (range) => readOr404(key, range),
  }
}

/** The key of the upload at this width, which is there once this resolves. */
async function narrow(upload: UploadView, width: number): Promise<string> {
  const key = narrowKey(upload.id, width)
  if ((await storage().size(key)) !== null) return key
  // Asked for by many at once, it is made once.
  const making = inTheMaking.get(key) ?? make(upload, width, key).finally(() => inTheMaking.delete(key))
  inTheMaking.set(key, making)
  await making
  return key
}

const inTheMaking = new Map<string, Promise<void>>()

async function make(upload: UploadView, width: number, key: string): Promise<void> {
  const open = () => readOr404(originalKey(upload.id))
  const file = await resizeImage(open, { ...upload, type: upload.mime }, width)
  try {
    await storage().put(key, file)
  } finally {
    await spool().remove(file)
  }
  // Deleted while it was made narrower, it has left its folder behind that this has made again.
  if (await findUpload(upload.id)) return
  await storage().remove(upload.id)
  throw notFound('upload')
}

async function readOr404(key: string, range?: ByteRange): Promise<Readable> {
  const content = await storage().read(key, range)
  if (!content) throw notFound('upload')
  return content
}
