import sharp from 'sharp'

/** How many colours a placeholder has beside and below each other. */
const COLUMNS = 4
const ROWS = 3

/**
 * What is seen in the place of an image of ours until it has come: its colours where they are, as 12 times six
 * hexadecimal digits, row by row. Of an animation, the first frame's. Empty for one that can be seen through, since it
 * would be seen behind it for ever.
 */
export async function placeholderOf(file: string): Promise<string> {
  const small = sharp(file, { limitInputPixels: false }).resize(COLUMNS, ROWS, { fit: 'fill' }).ensureAlpha()
  const pixels = await small.toColourspace('srgb').raw().toBuffer()
  const colours = Array.from({ length: COLUMNS * ROWS }, (_, at) => pixels.subarray(at * 4, at * 4 + 4))
  return colours.every(([, , , alpha]) => alpha === 255)
    ? colours.map((colour) => colour.toString('hex', 0, 3)).join('')
    : ''
}
