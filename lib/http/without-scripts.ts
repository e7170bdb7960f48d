import { finished } from 'node:stream/promises'
import { RewritingStream } from 'parse5-html-rewriting-stream'

/**
 * The same page without its scripts, without what fetches them ahead, and without comments. What is a script in name only, as JSON-LD is,
 * stays. A real parser finds them: what a writer typed may look like the beginning or the end of one.
 */
export async function withoutScripts(html: string): Promise<string> {
  const rewriter = new RewritingStream()
  let inScript = false
  rewriter.on('startTag', (tag, raw) => {
    inScript = tag.tagName === 'script' && attribute(tag, 'type') !== 'application/ld+json'
    if (!inScript && !isScriptPreload(tag)) rewriter.emitRaw(raw)
  })
  // By comments React finds its places again.
  rewriter.on('comment', () => {})
  rewriter.on('text', (_, raw) => {
    if (!inScript) rewriter.emitRaw(raw)
  })
  rewriter.on('endTag', (_, raw) => {
    if (!inScript) rewriter.emitRaw(raw)
    inScript = false
  })
  let bare = ''
  rewriter.on('data', (piece: string) => {
    bare += piece
  })
  rewriter.end(html)
  await finished(rewriter)
  return bare
}

type Tag = { tagName: string; attrs: { name: string; value: string }[] }

function isScriptPreload(tag: Tag): boolean {
  return tag.tagName === 'link' && attribute(tag, 'as') === 'script'
}

function attribute({ attrs }: Tag, wanted: string): string | undefined {
  return attrs.find(({ name }) => name === wanted)?.value
}
