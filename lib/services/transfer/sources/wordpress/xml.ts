import { SaxesParser } from 'saxes'
import { formatBytes } from '@/lib/bytes'
import { AppError } from '@/lib/errors'
import type { BundleFile } from '@/lib/services/transfer/bundle'
import { encodingOf } from '@/lib/services/transfer/bundle/text'
import { XML_TEXT_MAX } from '@/lib/services/transfer/limits'
import { refusal } from '@/lib/services/transfer/refusal'

/** An element as far as a WXR needs it: what is said in it, and the elements in it. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  text: string
  children: XmlElement[]
}

/** A WXR is `rss`, `channel`, `item`, `wp:comment`, `wp:commentmeta`, `wp:meta_key`. */
const MAX_DEPTH = 16

/**
 * The children of the channel of an RSS file, one after the other: of a file of any size, one is in memory.
 *
 * @throws AppError `invalid`, with file and line: no well-formed XML, not UTF-8, one with a document type (whose entities
 *   could come to anything), or one element too large or too deep.
 */
export async function* readChannel(file: BundleFile): AsyncGenerator<XmlElement, void, void> {
  const parser = new SaxesParser({ fileName: file.path, position: true })
  const finished: XmlElement[] = []
  const open: XmlElement[] = []
  const refuse = (what: string, cause?: unknown): never => {
    throw refusal(`${file.path}, line ${parser.line}`, what, cause)
  }
  parser.on('error', (error) => refuse(`This is no well-formed XML: ${reasonOf(error)}.`, error))
  parser.on('doctype', () => refuse('This XML has a document type, which no export of WordPress has.'))
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === MAX_DEPTH) refuse('Its elements are nested too deep.')
    open.push({ name, attributes: attributes as Record<string, string>, text: '', children: [] })
  })
  const add = (text: string) => {
    const at = open.at(-1)
    if (!at) return
    if (at.text.length + text.length > XML_TEXT_MAX)
      refuse(`What stands in ${at.name} is longer than ${formatBytes(XML_TEXT_MAX)}.`)
    at.text += text
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const done = open.pop()
    if (!done) return
    // Of `rss` and `channel` themselves nothing is kept: their children are handed on.
    if (open.length === 2) finished.push(done)
    else if (open.length > 2) open.at(-1)?.children.push(done)
  })
  for await (const text of decoded(file)) {
    parser.write(text)
    yield* finished.splice(0)
  }
  parser.close()
}

/** What stands in the child of this name; empty where there is none. */
export function childText({ children }: XmlElement, name: string): string {
  return children.find((child) => child.name === name)?.text ?? ''
}

async function* decoded(file: BundleFile): AsyncGenerator<string, void, void> {
  let decoder: TextDecoder | undefined
  try {
    for await (const piece of await file.open()) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true })
      yield decoder.decode(piece, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const isEncoding = cause instanceof TypeError
    throw refusal(
      file.path,
      isEncoding
        ? 'This is not UTF-8. Save it as UTF-8 and send it again.'
        : `This can’t be read: ${String(cause)}`,
      cause,
    )
  }
}

/** Without the place, which is said already. */
function reasonOf(error: Error): string {
  return error.message.replace(/^.*?\d+:\d+:\s*/, '').replace(/\.$/, '')
}
