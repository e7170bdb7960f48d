import type { Sharp } from 'sharp'

/**
 * How each type of image is written, and whether an animation stays one in it. What is not here is not taken, and its
 * decoder is not even switched on.
 */
export const FORMATS = {
  'image/png': {
    extension: 'png',
    sharpName: 'png',
    moves: false,
    decoder: 'VipsForeignLoadPng',
    // An image of few colours keeps its palette: written as full colour it would be several times as large.
    encode: (image: Sharp, isPalette: boolean) =>
      isPalette ? image.png({ palette: true, quality: 100, dither: 0 }) : image.png(),
  },
  'image/jpeg': {
    extension: 'jpg',
    sharpName: 'jpeg',
    moves: false,
    decoder: 'VipsForeignLoadJpeg',
    encode: (image: Sharp) => image.jpeg({ quality: 85 }),
  },
  'image/webp': {
    extension: 'webp',
    sharpName: 'webp',
    moves: true,
    decoder: 'VipsForeignLoadWebp',
    encode: (image: Sharp) => image.webp({ quality: 85, effort: 3 }),
  },
  'image/avif': {
    extension: 'avif',
    sharpName: 'heif',
    moves: false,
    decoder: 'VipsForeignLoadHeif',
    // Twice the effort costs ten times the time: 12 megapixels took 4 s at 2, and more than a minute at 4.
    encode: (image: Sharp) => image.avif({ quality: 60, effort: 2 }),
  },
  'image/gif': {
    extension: 'gif',
    sharpName: 'gif',
    moves: true,
    decoder: 'VipsForeignLoadNsgif',
    encode: (image: Sharp) => image.gif(),
  },
} as const

export type ImageType = keyof typeof FORMATS

/** Other names by which content is recognised, for what is written as one of ours. */
export const ALIASES: Record<string, ImageType> = {
  // Of an animated PNG the first picture is kept, as by every program that does not know of animation in PNG.
  'image/apng': 'image/png',
}
