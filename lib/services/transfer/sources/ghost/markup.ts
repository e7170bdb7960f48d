import { escapeHtml } from '@/lib/services/transfer/convert/escape'

/** Markdown on its way through HTML: it comes out of `htmlToMarkdown` to the letter. */
export function markdownToHtml(markdown: unknown): string {
  return `<pre data-markdown>\n${escapeHtml(markdown)}</pre>`
}

type Card = Record<string, unknown>

/**
 * A card of Ghost’s editors as HTML. What is none of the known kinds is a block of code with all that it says.
 *
 * @param type of lexical nodes and of mobiledoc’s cards, which have the same names.
 */
export function cardToHtml(type: string, card: Card): string {
  const figure = (inner: string) =>
    `<figure>${inner}${card.caption ? `<figcaption>${card.caption}</figcaption>` : ''}</figure>`
  const link = (address: unknown, text: unknown) =>
    `<a href="${escapeHtml(address)}">${escapeHtml(text || address)}</a>`
  const image = ({ src, alt, title }: Card) =>
    `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}"${title ? ` title="${escapeHtml(title)}"` : ''}>`
  switch (type) {
    case 'image':
      return figure(image(card))
    case 'gallery':
      return figure((Array.isArray(card.images) ? card.images : []).map(image).join(''))
    case 'codeblock':
    case 'code':
      return `<pre><code class="language-${escapeHtml(card.language)}">${escapeHtml(card.code)}</code></pre>`
    case 'html':
      return String(card.html ?? '')
    case 'hr':
    case 'horizontalrule':
      return '<hr>'
    case 'bookmark': {
      const { title, description } = { ...card, ...(card.metadata as Card | undefined) } as Card
      return `<p>${link(card.url, title)}</p>${description ? `<p>${escapeHtml(description)}</p>` : ''}`
    }
    case 'embed':
      return figure(card.html ? String(card.html) : link(card.url, card.url))
    case 'callout':
      return `<blockquote><p>${escapeHtml(card.calloutEmoji)} ${card.calloutText ?? ''}</p></blockquote>`
    case 'toggle':
      return `<p><strong>${card.heading ?? ''}</strong></p>${card.content ?? ''}`
    case 'button':
      return `<p>${link(card.buttonUrl, card.buttonText)}</p>`
    case 'file':
      return `<p>${link(card.src, card.fileTitle || card.fileName)}</p>`
    case 'audio':
    case 'video':
      return `<${type} src="${escapeHtml(card.src)}"></${type}>`
    case 'paywall':
      return '<!--members-only-->'
    default:
      return `<pre><code class="language-json">${escapeHtml(JSON.stringify(card, null, 2))}</code></pre>`
  }
}
