/**
 * The widths in which an upload is served, in pixels. Few, so that each is made once and kept. In a file that imports
 * nothing, because the threads that render read it, too.
 */
export const SERVED_WIDTHS = [160, 320, 640, 960, 1280, 1920] as const

/** The widths of an upload that a browser may choose from, as `srcset` of HTML. @param upload `width` in pixels. */
export function srcSetOf({ url, width }: { url: string; width: number }): string {
  const widest = SERVED_WIDTHS.at(-1) ?? 0
  const narrower = SERVED_WIDTHS.filter((served) => served < width).map((w) => `${url}?w=${w} ${w}w`)
  // By its width, too, it is asked for in the format that the browser shows fastest; but nothing larger is made.
  return [...narrower, `${url}${width <= widest ? `?w=${width}` : ''} ${width}w`].join(', ')
}

/** How wide what is shown above and in a post is, as `sizes` of HTML: its column. */
export const COLUMN_SIZES = '(min-width: 40rem) 38rem, 100vw'
