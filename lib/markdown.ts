import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { withinTime } from '@/lib/time-limit'

/**
 * Markdown (CommonMark with GFM) as HTML that is safe to show: raw HTML is dropped, and what is left must
 * be on GitHub's list of elements, attributes and protocols.
 *
 * @param origin makes addresses on this site absolute, for what is read elsewhere.
 */
export function renderMarkdown(markdown: string, origin?: string): string {
  try {
    const file = { value: markdown, data: { origin } }
    return withinTime(PATIENCE_MS, () => String(processor.processSync(file))) ?? asTyped(markdown)
  } catch (error) {
    // Quotes and lists nested thousands deep exhaust the stack.
    if (error instanceof RangeError) return asTyped(markdown)
    throw error
  }
}

/**
 * The longest text that may be written takes less than a second. Of some that nobody writes, the parser's time grows with
 * the square of the length (`_a*` over and over: minutes), and meanwhile nobody else would be answered.
 */
const PATIENCE_MS = 4_000

function asTyped(markdown: string): string {
  return `<pre>${markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(() => belowTheTitle)
  // The ids of footnotes are the only ones there are. They get their prefix where they are linked to; a second
  // one, from the sanitiser, would leave the links with nowhere to go.
  .use(remarkRehype, { clobberPrefix: 'content-' })
  .use(rehypeSanitize, { ...defaultSchema, clobberPrefix: '' })
  .use(() => fromOrigin)
  .use(rehypeStringify)
  .freeze()

type Node = {
  type: string
  depth?: number
  properties?: Record<string, unknown>
  children?: Node[]
}

function fromOrigin(tree: Node, file: { data: object }): void {
  const { origin } = file.data as { origin?: string }
  if (origin !== undefined) makeAbsolute(tree, origin)
}

function makeAbsolute(node: Node, origin: string): void {
  for (const name of ['href', 'src']) {
    const address = node.properties?.[name]
    // Two slashes lead to another site.
    if (node.properties && typeof address === 'string' && /^\/(?!\/)/.test(address))
      node.properties[name] = origin + address
  }
  for (const child of node.children ?? []) makeAbsolute(child, origin)
}

/** The title of the page is its one `h1`: a text with headings of that rank moves down by one. */
function belowTheTitle(tree: Node): void {
  const headings = headingsIn(tree)
  if (!headings.some(({ depth }) => depth === 1)) return
  for (const heading of headings) heading.depth = Math.min(6, (heading.depth ?? 1) + 1)
}

function headingsIn(node: Node): Node[] {
  return node.type === 'heading' ? [node] : (node.children ?? []).flatMap(headingsIn)
}

/** The first words of a text, without its marks, for lists and descriptions. */
export function plainExcerpt(markdown: string, length = 200): string {
  const text = renderMarkdown(markdown.slice(0, length * 10))
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
