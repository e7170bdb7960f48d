import { readFile } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import sharp from 'sharp'
import { brokenImage, refuseImage } from '@/lib/providers/images/failures'
import { ALIASES, FORMATS, type ImageType } from '@/lib/providers/images/formats'
import { isCompleteGif } from '@/lib/providers/images/gif'

/** How many pixels an image may have, all frames of an animation counted. */
export const MAX_PIXELS = 50_000_000

/** `turned`: its camera noted that it is to be seen otherwise than it lies in the file. */
export type Inspected = {
  type: ImageType
  pixels: number
  isPalette: boolean
  animated: boolean
  turned: boolean
}

/**
 * What a file is, from its first bytes and its headers alone: nothing is decoded before this has passed.
 *
 * @throws AppError `unsupported_media_type` for what is no image of ours, whatever its name says; `too_large` for more
 *   than `MAX_PIXELS`; `invalid` for what can't be read.
 */
export async function inspectImage(file: string): Promise<Inspected> {
  const type = await sniff(file)
  const { format, width, height, pages = 1, isPalette = false, orientation = 1 } = await readHeader(file)
  // Two readers of the same bytes that disagree are being deceived.
  if (format !== FORMATS[type].sharpName) throw brokenImage()
  // The frames of an animation count as one image as high as all of them.
  const pixels = width * height
  if (pixels > MAX_PIXELS) throw tooManyPixels()
  if (type === 'image/gif' && !isCompleteGif(await readFile(file))) throw brokenImage()
  // Of an AVIF with several pictures the first is kept, as of a PNG.
  return { type, pixels, isPalette, animated: pages > 1 && FORMATS[type].moves, turned: orientation > 1 }
}

async function sniff(file: string): Promise<ImageType> {
  const mime = (await fileTypeFromFile(file).catch(() => undefined))?.mime ?? ''
  const type = ALIASES[mime] ?? mime
  if (isImageType(type)) return type
  throw refuseImage(
    'unsupported_media_type',
    'This is not a PNG, JPEG, WebP, AVIF or GIF, going by its content.',
  )
}

function isImageType(mime: string): mime is ImageType {
  return Object.hasOwn(FORMATS, mime)
}

async function readHeader(file: string) {
  try {
    return await sharp(file, { animated: true, limitInputPixels: false }).metadata()
  } catch (cause) {
    throw brokenImage(cause)
  }
}

function tooManyPixels() {
  return refuseImage(
    'too_large',
    `This picture has more than ${MAX_PIXELS / 1e6} megapixels, all frames counted.`,
  )
}
