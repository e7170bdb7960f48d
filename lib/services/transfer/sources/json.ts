import { refusal } from '@/lib/services/transfer/refusal'

/** @param path for what is said of errors. @throws AppError `invalid`, with the place where it stops being JSON. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : ''
    const [, position] = /position (\d+)/.exec(said) ?? []
    // Without a position it quotes what stands there.
    const line = position ? `, line ${text.slice(0, Number(position)).split('\n').length}` : ''
    const what = /end of JSON input|Unterminated/.test(said) ? 'It ends in the middle.' : said
    throw refusal(`${path}${line}`, `This is no valid JSON. ${what}`, cause)
  }
}
