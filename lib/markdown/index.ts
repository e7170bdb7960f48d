import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { renderInThread } from './pool'
import type { Rendered, RenderOptions } from './render'

export type { Heading } from './headings'

/**
 * Markdown (CommonMark with GFM, and TeX between `$$`) as HTML that is safe to show: raw HTML is dropped, and what is left
 * must be on the list of `SAFE_HTML`. What would take too long is shown as it was typed.
 *
 * @param origin makes addresses on this site absolute, for what is read elsewhere.
 */
export async function renderMarkdown(markdown: string, origin?: string): Promise<string> {
  return (await remembered(markdown, origin === undefined ? {} : { origin })).html
}

/** The same for a text that is alone on its page: its headings have ids, and are told for a table of contents. */
export function renderArticle(markdown: string): Promise<Rendered> {
  return remembered(markdown, { sections: true })
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
  sizeCalculation: ({ html, headings }, key) =>
    2 * (html.length + key.length + JSON.stringify(headings).length),
  // Whoever waits for one that has no room any more is answered nevertheless.
  ignoreFetchAbort: true,
  fetchMethod: (_key, _old, { context: { markdown, options } }) => renderInThread(markdown, options),
})

/** The first words of a text, without its marks, for lists and descriptions. */
export async function plainExcerpt(markdown: string, length = 200): Promise<string> {
  const html = await renderMarkdown(markdown.slice(0, length * 10))
  const text = html
    .replace(/<(h\d|table|pre|section|math)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<sup>.*?<\/sup>|<\/?(a|code|del|em|strong)\b[^>]*>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  if (text.length <= length) return text
  // Between words; where there are none, as in Chinese, between characters, and not within one.
  const end = text.lastIndexOf(' ', length)
  return `${text.slice(0, end > 0 ? end : length).replace(/[\ud800-\udbff]$/, '')}…`
}
