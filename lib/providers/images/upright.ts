import sharp, { type Sharp, type SharpOptions } from 'sharp'

/**
 * The frames of an animation in a file, each turned upright by itself, with their times.
 *
 * @param decoding how the file is read.
 */
export async function uprightFrames(file: string, decoding: SharpOptions): Promise<Sharp> {
  const { pages = 1, delay, loop } = await sharp(file, decoding).metadata()
  const frames: Buffer[] = []
  for (let page = 0; page < pages; page++) {
    const frame = sharp(file, { ...decoding, animated: false, page }).autoOrient()
    // Kept without loss, and without the time that making it small would take.
    frames.push(await frame.png({ compressionLevel: 1 }).toBuffer())
  }
  return sharp(frames, { ...decoding, join: { animated: true } }).webp({
    ...(delay ? { delay } : {}),
    ...(loop === undefined ? {} : { loop }),
  })
}
