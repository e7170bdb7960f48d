import { z } from 'zod'
import { escapeHtml } from '@/lib/services/transfer/convert/escape'
import { refusal } from '@/lib/services/transfer/refusal'
import { cardToHtml, markdownToHtml } from '@/lib/services/transfer/sources/ghost/markup'
import { parseJson } from '@/lib/services/transfer/sources/json'

/** Mobiledoc 0.3: `[type of text, [markups opened], count of markups closed, text or index of an atom]`. */
const marker = z.tuple([z.int(), z.array(z.int()), z.int(), z.union([z.string(), z.int()])]).rest(z.unknown())

const document = z.object({
  atoms: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())).default([]),
  cards: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])).default([]),
  markups: z.array(z.tuple([z.string()]).rest(z.array(z.string()))).default([]),
  sections: z.array(z.tuple([z.int()]).rest(z.unknown())),
})
type Mobiledoc = z.infer<typeof document>

/** What the editor of Ghost 1 to 4 kept, as HTML. @throws AppError `invalid`. */
export function mobiledocToHtml(mobiledoc: string): string {
  const parsed = document.safeParse(parseJson(mobiledoc, 'mobiledoc'))
  if (!parsed.success) throw notMobiledoc()
  const it = parsed.data
  return it.sections.map((section) => sectionToHtml(it, section)).join('\n')
}

function sectionToHtml(it: Mobiledoc, [type, first, second]: Mobiledoc['sections'][number]): string {
  if (type === SECTION.markup) return tagged(String(first), markersToHtml(it, second))
  if (type === SECTION.list) {
    if (!Array.isArray(second)) throw notMobiledoc()
    return tagged(String(first), second.map((item) => `<li>${markersToHtml(it, item)}</li>`).join(''))
  }
  if (type === SECTION.image) return `<img src="${escapeHtml(first)}">`
  if (type === SECTION.card) {
    const [name, payload] = it.cards[Number(first)] ?? []
    if (name === undefined || !payload) throw notMobiledoc()
    if (name === 'markdown' || name === 'card-markdown') return markdownToHtml(payload.markdown)
    return cardToHtml(name, payload)
  }
  throw notMobiledoc()
}

const SECTION = { markup: 1, image: 2, list: 3, card: 10 }

/** Only what the editor can make becomes an element. */
function tagged(tag: string, inner: string): string {
  const name = /^(p|h[1-6]|blockquote|aside|ul|ol)$/.test(tag) ? tag : 'p'
  return `<${name === 'aside' ? 'blockquote' : name}>${inner}</${name === 'aside' ? 'blockquote' : name}>`
}

function markersToHtml({ markups, atoms }: Mobiledoc, value: unknown): string {
  const parsed = z.array(marker).safeParse(value)
  if (!parsed.success) throw notMobiledoc()
  const open: string[] = []
  let html = ''
  for (const [type, opened, closed, content] of parsed.data) {
    for (const index of opened) {
      const [tag = 'span', attributes = []] = markups[index] ?? []
      const href = attributes[attributes.indexOf('href') + 1]
      html += tag === 'a' ? `<a href="${escapeHtml(href)}">` : `<${tag.replace(/\W/g, '')}>`
      open.push(tag.replace(/\W/g, ''))
    }
    html += type === 0 ? escapeHtml(content) : atomToHtml(atoms[Number(content)])
    for (const tag of open.splice(Math.max(0, open.length - Math.max(0, closed))).reverse())
      html += `</${tag}>`
  }
  return html
}

function atomToHtml(atom: Mobiledoc['atoms'][number] | undefined): string {
  return atom?.[0] === 'soft-return' ? '<br>' : escapeHtml(atom?.[1])
}

function notMobiledoc() {
  return refusal('', 'Its text is not as Ghost’s editor keeps it (mobiledoc).')
}
