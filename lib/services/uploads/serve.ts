import type { Readable } from 'node:stream'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { FORMATS, resizeImage } from '@/lib/providers/images'
import { type ByteRange, storage } from '@/lib/providers/storage'
import { SERVED_WIDTHS } from '@/lib/schemas/served-widths'
import type { UploadView } from '@/lib/schemas/uploads'
import { findStored, keepCopy, readOr404, type Stored } from '@/lib/services/uploads/copies'
import { copyKey, originalKey } from '@/lib/services/uploads/keys'

/** A picture to be served. What `tag` names never changes. */
export type ServedPicture = {
  filename: string
  mime: UploadView['mime']
  bytes: number
  tag: string
  /** Whether others, who take other formats, are served another one at this address. */
  varies: boolean
  /** Whether it only stands in for a copy that can't be made just now. */
  standsIn: boolean
  /** The whole of it, or a part. @throws AppError `not_found` if it has been deleted meanwhile. */
  read(range?: ByteRange): Promise<Readable>
}

/** The formats that browsers show faster than others, if they say that they take them; the best is the first. */
export const FASTER_FORMATS = ['image/avif', 'image/webp'] as const
export type FasterFormat = (typeof FASTER_FORMATS)[number]

/**
 * An upload for whoever has its address: they are public, as the posts are that show them.
 *
 * @param wanted `width` in pixels: answered by the next of the widths that are served, and by the picture's own where it
 *   is not wider. `accepts`: what the caller takes by name beside the upload's own format; asked of with a width only.
 *   What is served is made when it is first asked for.
 * @throws AppError `not_found`, also where the name is another one: an upload has one address.
 */
export async function servePicture(
  id: string,
  filename: string,
  wanted: { width?: number | undefined; accepts?: readonly FasterFormat[] },
): Promise<ServedPicture> {
  const upload = isId(id) ? await findStored(id) : null
  if (upload?.filename !== filename) throw notFound('upload')
  const { key, mime, standsIn = false } = await theCopy(upload, wanted)
  const bytes = await storage().size(key)
  if (bytes === null) throw notFound('upload')
  return {
    filename: mime === upload.mime ? filename : filename.replace(/[^.]+$/, FORMATS[mime].extension),
    mime,
    bytes,
    // The size tells apart what two versions of the encoder have made for the same address.
    tag: `"${key.replace('/', '-')}-${bytes}"`,
    varies: wanted.width !== undefined,
    standsIn,
    read: (range) => readOr404(key, range),
  }
}

type Copy = { key: string; mime: UploadView['mime']; standsIn?: boolean }

/** What is served to whoever wants this, which is there once this resolves. */
async function theCopy(
  upload: Stored,
  { width: wanted, accepts = [] }: Parameters<typeof servePicture>[2],
): Promise<Copy> {
  const { id, mime } = upload
  const original = { key: originalKey(id), mime }
  const served = SERVED_WIDTHS.find(
    (width) => width >= Math.min(wanted ?? Number.POSITIVE_INFINITY, upload.width),
  )
  // As it is, and never in another format: the size of that is what the API says.
  if (wanted === undefined || served === undefined) return original
  const width = Math.min(served, upload.width)
  const height = Math.ceil((upload.height * width) / upload.width)
  const own = upload.animated || Math.max(width, height) > FASTER_SIDE_MAX
  const faster = own ? mime : (FASTER_FORMATS.find((type) => accepts.includes(type)) ?? mime)
  if (width === upload.width && faster === mime) return original
  const copy = {
    key: copyKey(id, width, faster === mime ? null : FORMATS[faster].extension),
    mime: faster,
  }
  try {
    await keepCopy(upload, copy.key, (open) => resizeImage(open, upload, width, faster))
    return copy
  } catch (error) {
    // Too many are being made, or this takes too long: what is there already is better than nothing.
    if (error instanceof AppError && error.code === 'unavailable') return { ...original, standsIn: true }
    throw error
  }
}

/** In pixels: WebP holds no side that is longer, and the encoder of AVIF takes hardly more. */
const FASTER_SIDE_MAX = 16_383
