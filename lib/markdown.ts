import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

/**
 * Markdown (CommonMark with GFM) as HTML that is safe to show: raw HTML is dropped, and what is left must
 * be on GitHub's list of elements, attributes and protocols.
 */
export function renderMarkdown(markdown: string): string {
  return String(processor.processSync(markdown))
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, { ...defaultSchema, clobberPrefix: 'content-' })
  .use(rehypeStringify)
  .freeze()

/** The first words of a text, without its marks, for lists and descriptions. */
export function plainExcerpt(markdown: string, length = 200): string {
  const text = renderMarkdown(markdown.slice(0, length * 10))
    .replace(/<h1>.*?<\/h1>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length) >>> 0 || length)}…`
}
