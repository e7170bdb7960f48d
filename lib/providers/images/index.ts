import type { Readable } from 'node:stream'
import sharp, { type OutputInfo, type Sharp, type SharpOptions } from 'sharp'
import { AppError } from '@/lib/errors'
import { brokenImage } from '@/lib/providers/images/failures'
import { FORMATS, type ImageType } from '@/lib/providers/images/formats'
import { inspectImage, MAX_PIXELS } from '@/lib/providers/images/inspect'
import { placeholderOf } from '@/lib/providers/images/placeholder'
import { inTurn } from '@/lib/providers/images/turns'
import { uprightFrames } from '@/lib/providers/images/upright'
import { spool } from '@/lib/providers/spool'

export { FORMATS } from '@/lib/providers/images/formats'

/** An image that we have written ourselves, in a spooled file; whoever asked for it removes that. */
export type WrittenImage = {
  path: string
  type: ImageType
  /** Of file names of this type, without a dot. */
  extension: string
  bytes: number
  /** In pixels, as it is seen; of an animation, one frame's. */
  width: number
  height: number
  animated: boolean
  /** What is seen in its place until it has come; empty where there is none. */
  placeholder: string
}

/**
 * Writes the image in a file anew, in its own format: upright, in sRGB, without metadata and without whatever else the
 * file held.
 *
 * @throws AppError what `inspectImage` throws; `invalid` if it can't be decoded to its end; `unavailable` if that takes
 *   too long, or if the result can't be written.
 */
export async function normalizeImage(file: string): Promise<WrittenImage> {
  const { type, pixels, isPalette, animated, turned } = await inspectImage(file)
  const path = await spool().newPath()
  try {
    const { info, placeholder } = await inTurn('upload', pixels, async () => {
      // A picture of several frames is decoded as one below the other, which can't be turned as a whole.
      const upright =
        animated && turned ? await uprightFrames(file, decoding) : sharp(file, decoding).autoOrient()
      const image = FORMATS[type].encode(upright, isPalette)
      const info = await image.timeout({ seconds: TIME_LIMIT_S }).toFile(path)
      return { info, placeholder: await placeholderOf(path) }
    })
    const { extension } = FORMATS[type]
    return { path, type, extension, bytes: info.size, ...frameSize(info), animated, placeholder }
  } catch (error) {
    await spool().remove(path)
    throw passingTrouble(error) ?? brokenImage(error)
  }
}

/**
 * Writes an image of ours narrower or in another format, into a spooled file whose path it answers.
 *
 * @param open called once it is this image's turn.
 * @param newWidth in pixels, at most what the image has.
 * @param newType its own for what is animated: not every format is.
 * @throws AppError `unavailable` if it takes too long or can't be written, or if too many wait for theirs; and whatever
 *   `open` throws.
 */
export function resizeImage(
  open: () => Promise<Readable>,
  of: Dimensions,
  newWidth: number,
  newType: ImageType,
): Promise<string> {
  return writeCopy(open, of, () =>
    FORMATS[newType].encode(sharp(decoding).resize({ width: newWidth }), false),
  )
}

/**
 * Writes an image of ours as every program shows it: a JPEG, still, of at most this width and height, in pixels. What can be
 * seen through is on white.
 *
 * @throws AppError as `resizeImage`.
 */
export function flattenImage(
  open: () => Promise<Readable>,
  of: Dimensions,
  maxSide: number,
): Promise<string> {
  const size = { width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true } as const
  return writeCopy(open, of, () =>
    FORMATS['image/jpeg'].encode(
      sharp({ ...decoding, animated: false })
        .resize(size)
        .flatten({ background: '#ffffff' }),
    ),
  )
}

type Dimensions = Pick<WrittenImage, 'width' | 'height' | 'animated'>

async function writeCopy(
  open: () => Promise<Readable>,
  { width, height, animated }: Dimensions,
  pipeline: () => Sharp,
): Promise<string> {
  // How many frames it has is not known here: what has several is taken for the largest there may be.
  const pixels = animated ? MAX_PIXELS : width * height
  return inTurn('copy', pixels, async () => {
    const source = await open()
    const image = pipeline()
    source.once('error', (error) => image.destroy(error))
    try {
      const narrow = source.pipe(image.timeout({ seconds: TIME_LIMIT_S }))
      return (await spool().take(narrow, Number.POSITIVE_INFINITY)).path
    } catch (error) {
      throw passingTrouble(error) ?? error
    } finally {
      source.destroy()
    }
  })
}

const decoding: SharpOptions = { animated: true, failOn: 'error', limitInputPixels: MAX_PIXELS }

/** For a picture of 50 megapixels on one slow core. */
const TIME_LIMIT_S = 120

// Of libvips' many decoders only those run that are named; files of ours never change, so none needs to be kept open.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: Object.values(FORMATS).map(({ decoder }) => decoder) })
sharp.cache(false)

function frameSize({ width, height, pageHeight }: OutputInfo): { width: number; height: number } {
  return { width, height: pageHeight ?? height }
}

/** What is no fault of the image, and passes. */
function passingTrouble(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  const { message } = error as Error
  if (message.startsWith('timeout:')) return later('This picture takes too long to process just now.', error)
  if (message.includes('system error:')) return later('The picture can’t be written just now.', error)
  return null
}

/** Whether what `normalizeImage` threw was its time limit: trouble of this picture, not of the machine. */
export function isTooSlow(error: unknown): boolean {
  return (
    error instanceof AppError && error.cause instanceof Error && error.cause.message.startsWith('timeout:')
  )
}

function later(what: string, cause: unknown): AppError {
  return new AppError('unavailable', `${what} Nothing was stored; please try again.`, {
    retryAfter: 60,
    cause,
  })
}
