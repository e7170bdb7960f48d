import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Elsewhere } from './addresses'
import type { PictureSizes } from './pictures'
import { renderInThread } from './pool'
import type { Rendered, RenderOptions } from './render'

export type { Heading } from './headings'
export type { Rendered } from './render'

/**
 * Markdown (CommonMark with GFM, and TeX between `$$`) as HTML that is safe to show: raw HTML is dropped, and what is left
 * must be on the list of `SAFE_HTML`. What would take too long is shown as it was typed.
 *
 * @param elsewhere for what is not read on its own page, as in a feed.
 */
export async function renderMarkdown(markdown: string, elsewhere?: Elsewhere): Promise<string> {
  return (await remembered(markdown, elsewhere ? { elsewhere } : {})).html
}

/**
 * The same for a text that is alone on its page: its headings have ids, and are told for a table of contents.
 *
 * @param pictures the sizes of the uploads that it shows, as far as they are known: they come in the width that fits.
 */
export function renderArticle(markdown: string, pictures: PictureSizes = {}): Promise<Rendered> {
  return remembered(markdown, { article: { pictures } })
}

function remembered(markdown: string, options: RenderOptions): Promise<Rendered> {
  const key = createHash('sha256')
    .update(JSON.stringify([markdown, options]))
    .digest('base64')
  return made.forceFetch(key, { context: { markdown, options } })
}

/** What was rendered last, and what is being rendered: many may ask for the same at once. Sizes in bytes. */
const made = new LRUCache<string, Rendered, { markdown: string; options: RenderOptions }>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: ({ html, headings, plain }, key) =>
    2 * (html.length + plain.length + key.length + JSON.stringify(headings).length),
  // Whoever waits for one that has no room any more is answered nevertheless.
  ignoreFetchAbort: true,
  fetchMethod: (_key, _old, { context: { markdown, options } }) => renderInThread(markdown, options),
})

/** The first words of a text, without its marks, for lists and descriptions. */
export async function plainExcerpt(markdown: string, length = 200): Promise<string> {
  const { plain: text } = await remembered(markdown.slice(0, length * 10), {})
  if (text.length <= length) return text
  // Between words; where there are none, as in Chinese, between characters, and not within one.
  const end = text.lastIndexOf(' ', length)
  return `${text.slice(0, end > 0 ? end : length).replace(/[\ud800-\udbff]$/, '')}…`
}
