import { parse, postprocess, preprocess } from 'micromark'
import { gfm } from 'micromark-extension-gfm'

/** A part of a text, from `start` to before `end`. */
export type Span = { start: number; end: number }

/** Where a Markdown text is code or HTML: nothing in it is meant as Markdown. In their order, none in another. */
export function findVerbatim(markdown: string): Span[] {
  const events = postprocess(
    parse({ extensions: [gfm()] })
      .document()
      .write(preprocess()(markdown, 'utf8', true)),
  )
  return events
    .filter(([way, { type }]) => way === 'enter' && VERBATIM.has(type))
    .map(([, { start, end }]) => ({ start: start.offset, end: end.offset }))
}

const VERBATIM = new Set(['codeFenced', 'codeIndented', 'codeText', 'htmlFlow', 'htmlText'])
