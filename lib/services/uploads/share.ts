import type { Readable } from 'node:stream'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { flattenImage } from '@/lib/providers/images'
import type { UploadView } from '@/lib/schemas/uploads'
import { findStored, keepCopy, readOr404 } from '@/lib/services/uploads/copies'
import { sharedKey } from '@/lib/services/uploads/keys'

/** In pixels: as much as the sites that show it make use of. */
const SHARED_SIDE = 1_200

/**
 * An upload for sites that show it where somebody links to it, of which many read no AVIF, and none megabytes: a still JPEG.
 *
 * @throws AppError `not_found`, and `unavailable` where too many pictures are being made.
 */
export async function sharedPicture(id: string): Promise<Readable> {
  const upload = isId(id) ? await findStored(id) : null
  if (!upload) throw notFound('upload')
  const key = sharedKey(id)
  await keepCopy(upload, key, (open) => flattenImage(open, upload, SHARED_SIDE))
  return readOr404(key)
}

/** How large that is, in pixels. */
export function sharedSize({ width, height }: Pick<UploadView, 'width' | 'height'>) {
  const scale = Math.min(1, SHARED_SIDE / Math.max(width, height))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}
