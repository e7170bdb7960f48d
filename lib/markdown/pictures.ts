import { COLUMN_SIZES, SERVED_WIDTHS, srcSetOf } from '../schemas/served-widths.ts'
import { type Node, nodesIn } from './tree.ts'

/** How large uploads are, in pixels, by their ids. */
export type PictureSizes = Record<string, { width: number; height: number }>

/** A picture whose address the sanitiser took away is no picture any more: what it would have shown stays, in words. */
export function dropHollowPictures(tree: Node): void {
  for (const picture of picturesOf(tree)) {
    if (typeof picture.properties?.src === 'string') continue
    Object.assign(picture, { type: 'text', value: String(picture.properties?.alt ?? '') })
  }
}

/**
 * Uploads are shown in the width that fits, and their places are kept while they load. All but the first picture of a
 * text wait until they are nearly seen, wherever they are from.
 */
export function fitPictures(tree: Node, sizes: PictureSizes): void {
  for (const [n, picture] of picturesOf(tree).entries()) {
    const fitted = uploadAt(String(picture.properties?.src), sizes)
    const waits = n > 0 ? { loading: 'lazy' } : {}
    picture.properties = { ...picture.properties, ...fitted, ...waits, decoding: 'async' }
  }
}

function picturesOf(tree: Node): Node[] {
  return nodesIn(tree, ({ tagName }) => tagName === 'img')
}

function uploadAt(src: string, sizes: PictureSizes): Node['properties'] {
  const [, url = '', id = '', chosen] = UPLOAD.exec(src) ?? []
  const size = sizes[id]
  if (!size) return {}
  if (chosen === undefined) return { ...size, srcSet: srcSetOf({ url, ...size }), sizes: COLUMN_SIZES }
  // Its writer has chosen a width: it is served in the next of those there are.
  const width = Math.min(SERVED_WIDTHS.find((served) => served >= Number(chosen)) ?? size.width, size.width)
  return { width, height: Math.ceil((size.height * width) / size.width) }
}

/** An address of an upload, without commas and spaces, which mean something in `srcset`; perhaps with a width. */
const UPLOAD = /^(\/uploads\/([0-9a-f-]{36})\/[^/?#,\s]+)(?:\?w=(\d{1,6}))?$/
