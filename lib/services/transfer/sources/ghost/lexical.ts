import { z } from 'zod'
import { escapeHtml } from '@/lib/services/transfer/convert/escape'
import { refusal } from '@/lib/services/transfer/refusal'
import { cardToHtml, markdownToHtml } from '@/lib/services/transfer/sources/ghost/markup'
import { parseJson } from '@/lib/services/transfer/sources/json'

type Node = { type: string; children?: Node[] | undefined; [name: string]: unknown }

const node: z.ZodType<Node> = z.looseObject({
  type: z.string(),
  get children() {
    return z.array(node).optional()
  },
})

const document = z.object({ root: z.object({ children: z.array(node) }) })

/** Whether there is anything in what the editor kept. */
export function hasCards(lexical: string | null | undefined): boolean {
  return !!lexical && nodesOf(lexical).length > 0
}

/** What the editor of Ghost 5 and 6 kept, as HTML. @throws AppError `invalid`. */
export function lexicalToHtml(lexical: string): string {
  return nodesOf(lexical).map(toHtml).join('\n')
}

/** The HTML of the cards that were for a newsletter alone, and are not in what the site showed. */
export function mailCards(lexical: string | null | undefined): string[] {
  if (!lexical) return []
  return nodesOf(lexical)
    .filter(({ type }) => type === 'email' || type === 'email-cta')
    .map(({ html }) => String(html ?? ''))
    .filter(Boolean)
}

function nodesOf(lexical: string): Node[] {
  const parsed = document.safeParse(parseJson(lexical, 'lexical'))
  if (!parsed.success) throw refusal('', 'Its text is not as Ghost’s editor keeps it (lexical).')
  return parsed.data.root.children
}

function toHtml(it: Node): string {
  const inner = () => (it.children ?? []).map(toHtml).join('')
  switch (it.type) {
    case 'text':
    case 'extended-text':
      return formatted(it)
    case 'linebreak':
      return '<br>'
    case 'tab':
      return '\t'
    case 'paragraph':
      return `<p>${inner()}</p>`
    case 'heading':
    case 'extended-heading':
      return `<${headingTag(it.tag)}>${inner()}</${headingTag(it.tag)}>`
    case 'quote':
    case 'extended-quote':
    case 'aside':
      return `<blockquote><p>${inner()}</p></blockquote>`
    case 'list':
      return it.listType === 'number'
        ? `<ol start="${Number(it.start ?? 1)}">${inner()}</ol>`
        : `<ul>${inner()}</ul>`
    case 'listitem':
      return `<li>${inner()}</li>`
    case 'link':
    case 'autolink':
      return `<a href="${escapeHtml(it.url)}">${inner()}</a>`
    case 'markdown':
      return markdownToHtml(it.markdown)
    case 'email':
    case 'email-cta':
      return ''
    default:
      return cardToHtml(it.type, it)
  }
}

function headingTag(tag: unknown): string {
  return typeof tag === 'string' && /^h[1-6]$/.test(tag) ? tag : 'h2'
}

/** The bits of a text node’s `format` (Lexical, TextFormatType). */
function formatted({ text, format }: Node): string {
  const bits = Number(format ?? 0)
  const marks = FORMATS.filter(([bit]) => bits & bit).map(([, tag]) => tag)
  return marks.reduce((inner, tag) => `<${tag}>${inner}</${tag}>`, escapeHtml(text))
}

const FORMATS = [
  [16, 'code'],
  [1, 'strong'],
  [2, 'em'],
  [4, 'del'],
  [32, 'sub'],
  [64, 'sup'],
] as const
