import { escapeHtml } from '@/lib/services/transfer/convert/escape'
import { Remarks } from '@/lib/services/transfer/convert/remarks'
import type { Attachment } from '@/lib/services/transfer/sources/wordpress/item'

/** `[name a="b"]inner[/name]`, or without an end. Which words are shortcodes only the site’s plugins knew. */
const SHORTCODE = /\[([a-z][\w-]*)((?:\s+[^\]\n]*)?)\](?:([\s\S]*?)\[\/\1\])?/gi

/** Between these, nothing is a shortcode. */
const CODE = /(<pre\b[\s\S]*?<\/pre>|<code\b[\s\S]*?<\/code>)/i

/**
 * The shortcodes of WordPress itself as HTML. Others are kept as code and told of; a word in brackets, such as `[sic]`,
 * is none.
 */
export function expandShortcodes(
  content: string,
  attachments: Map<string, Attachment>,
): { html: string; remarks: string[] } {
  const remarks = new Remarks()
  const html = content
    .split(CODE)
    .map((part, n) =>
      n % 2 === 1 ? part : part.replace(SHORTCODE, (...found) => expand(found, attachments, remarks)),
    )
    .join('')
  return { html, remarks: remarks.list() }
}

function expand(found: unknown[], attachments: Map<string, Attachment>, remarks: Remarks): string {
  const [whole = '', name = '', words = '', inner] = found as string[]
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
  const [, shown = '', words = ''] = /^\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:<\/a>)?)([\s\S]*)$/i.exec(
    inner,
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
  const found = words.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g)
  return Object.fromEntries(
    [...found].map(([, name, double, single, bare]) => [name, double ?? single ?? bare ?? '']),
  )
}
