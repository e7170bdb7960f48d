/** In bytes of UTF-8: file systems and headers take 255. */
const MAX_BYTES = 150

/**
 * The name under which an upload is kept: the last part of what was sent, without what names can't hold on some system
 * or what hides in them (controls, direction marks, half characters), and with the ending of what the file really is.
 */
export function uploadFilename(sent: string, extension: string): string {
  const last = sent.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const stem = last
    .replace(ESCAPED, '')
    .replace(UNSAFE, '')
    .replace(/\.[\p{L}\p{N}]{1,5}$/u, '')
    .replace(/\s+/g, ' ')
  return `${trim(shorten(trim(stem))) || 'picture'}.${extension}`
}

/** How browsers write a quote or a line end into the name of a file (HTML, multipart/form-data encoding algorithm). */
const ESCAPED = /%22|%0D|%0A/g

/** Joiners are kept: scripts and emoji are written with them. */
const UNSAFE = /(?![\u200c\u200d])\p{C}|[<>:"|?*]/gu

/** A name that begins with a dot is hidden, and one that ends with a dot or a space is another one on Windows. */
function trim(stem: string): string {
  return stem.replace(/^[.\s]+|[.\s]+$/g, '')
}

/** By whole characters as they are seen: a letter keeps its accents, an emoji its parts. */
function shorten(stem: string): string {
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(stem)) {
    if (Buffer.byteLength(short + segment) > MAX_BYTES) break
    short += segment
  }
  return short
}
