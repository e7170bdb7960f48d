import { escapeHtml } from '@/lib/services/transfer/convert/escape'
import { Remarks } from '@/lib/services/transfer/convert/remarks'
import type { Attachment } from '@/lib/services/transfer/sources/wordpress/item'
import { type Pair, pairsIn, replacePairs } from '@/lib/services/transfer/sources/wordpress/pairs'

/** `[name a="b"]inner[/name]`, or without an end. Which words are shortcodes only the site’s plugins knew. */
const SHORTCODE = { begin: /\[([a-z][\w-]*)((?:\s+(?!\s)[^[\]\n]*)?)\]/gi, end: /\[\/([a-z][\w-]*)\]/gi }

/** Between these, nothing is a shortcode. */
const CODE = { begin: /<(pre|code)\b/gi, end: /<\/(pre|code)>/gi }

/**
 * The shortcodes of WordPress itself as HTML. Others are kept as code and told of; a word in brackets, such as `[sic]`,
 * is none.
 */
export function expandShortcodes(
  content: string,
  attachments: Map<string, Attachment>,
): { html: string; remarks: string[] } {
  const remarks = new Remarks()
  const expandAll = (text: string) =>
    replacePairs(text, SHORTCODE, (found) => expand(found, attachments, remarks))
  let html = ''
  let at = 0
  for (const { from, to, inner } of pairsIn(content, CODE)) {
    if (inner === undefined) continue
    html += expandAll(content.slice(at, from)) + content.slice(from, to)
    at = to
  }
  return { html: html + expandAll(content.slice(at)), remarks: remarks.list() }
}

function expand(
  { whole, name, words, inner }: Pair,
  attachments: Map<string, Attachment>,
  remarks: Remarks,
): string {
  const said = attributesOf(words)
  switch (name.toLowerCase()) {
    case 'caption':
    case 'wp_caption':
      return captioned(inner ?? '', said.caption)
    case 'embed':
      return inner ? `<p><a href="${escapeHtml(inner.trim())}">${escapeHtml(inner.trim())}</a></p>` : ''
    case 'gallery':
    case 'playlist':
      return gallery(whole, said.ids ?? said.include ?? '', attachments, remarks)
    case 'audio':
    case 'video': {
      const address = said.src ?? said.mp3 ?? said.mp4 ?? said.m4v ?? said.webm ?? said.ogg
      return address ? `<${name} src="${escapeHtml(address)}"></${name}>` : kept(whole, name, remarks)
    }
    case 'code':
    case 'sourcecode':
      return inner === undefined
        ? whole
        : `<pre><code class="language-${escapeHtml(said.language ?? said.lang)}">${inner}</code></pre>`
    default:
      return inner !== undefined || /=/.test(words) ? kept(whole, name, remarks) : whole
  }
}

function captioned(inner: string, caption: string | undefined): string {
  const [, shown = '', words = ''] = /^((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:<\/a>)?)([\s\S]*)$/i.exec(
    inner.trimStart(),
  ) ?? ['', inner, '']
  return `<figure>${shown}<figcaption>${words.trim() || escapeHtml(caption)}</figcaption></figure>`
}

function gallery(whole: string, ids: string, attachments: Map<string, Attachment>, remarks: Remarks): string {
  const pictures = ids.split(',').map((id) => attachments.get(id.trim()))
  if (ids === '' || pictures.includes(undefined)) return kept(whole, 'gallery', remarks)
  return pictures
    .map((one) => `<p><img src="${escapeHtml(one?.address)}" alt="${escapeHtml(one?.alt)}"></p>`)
    .join('')
}

function kept(whole: string, name: string, remarks: Remarks): string {
  remarks.add(`The shortcode [${name}] is kept as a block of code.`)
  return `<pre><code>${escapeHtml(whole)}</code></pre>`
}

function attributesOf(words: string): Record<string, string> {
  const found = words.matchAll(/(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g)
  return Object.fromEntries(
    [...found].map(([, name, double, single, bare]) => [name, double ?? single ?? bare ?? '']),
  )
}
