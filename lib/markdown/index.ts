import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { renderInThread } from './pool'

/**
 * Markdown (CommonMark with GFM) as HTML that is safe to show: raw HTML is dropped, and what is left must
 * be on GitHub's list of elements, attributes and protocols. What would take too long is shown as it was typed.
 *
 * @param origin makes addresses on this site absolute, for what is read elsewhere.
 */
export async function renderMarkdown(markdown: string, origin?: string): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([markdown, origin]))
    .digest('base64')
  return made.forceFetch(key, { context: { markdown, origin } })
}

type Source = { markdown: string; origin: string | undefined }

/** What was rendered last, and what is being rendered: many may ask for the same at once. Sizes in bytes. */
const made = new LRUCache<string, string, Source>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: (html, key) => 2 * (html.length + key.length),
  // Whoever waits for one that has no room any more is answered nevertheless.
  ignoreFetchAbort: true,
  fetchMethod: (_key, _old, { context }) => renderInThread(context.markdown, context.origin),
})

/** The first words of a text, without its marks, for lists and descriptions. */
export async function plainExcerpt(markdown: string, length = 200): Promise<string> {
  const html = await renderMarkdown(markdown.slice(0, length * 10))
  const text = html
    .replace(/<(h\d|table|pre)>.*?<\/\1>/gs, ' ')
    .replace(/<\/?(a|code|del|em|strong|sup)\b[^>]*>/g, '')
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
