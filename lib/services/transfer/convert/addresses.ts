import { parse, postprocess, preprocess } from 'micromark'
import { gfm } from 'micromark-extension-gfm'
import { decodeString } from 'micromark-util-decode-string'

/** What an address in a text is there for. Of those in definitions and in HTML, the ending of the file tells. */
type AddressUse = 'picture' | 'link'

/** Where an address stands in a text, from `start` to before `end`. */
export type Place = { start: number; end: number; address: string; use: AddressUse; html: boolean }

/**
 * Where the addresses stand in a Markdown text: of links, pictures and definitions, and in `src` and `href` in HTML. What
 * stands in code is none.
 */
export function findAddresses(markdown: string): Place[] {
  const places: Place[] = []
  let inPicture = 0
  const events = postprocess(
    parse({ extensions: [gfm()] })
      .document()
      .write(preprocess()(markdown, 'utf8', true)),
  )
  for (const [way, { type, start, end }] of events) {
    if (type === 'image') inPicture += way === 'enter' ? 1 : -1
    if (way === 'exit') continue
    const text = markdown.slice(start.offset, end.offset)
    if (type === 'resourceDestinationString' || type === 'definitionDestinationString') {
      const address = decodeString(text)
      places.push({
        start: start.offset,
        end: end.offset,
        address,
        use: inPicture > 0 || isPicture(address) ? 'picture' : 'link',
        html: false,
      })
    }
    if (type === 'htmlFlow' || type === 'htmlText') places.push(...addressesInHtml(text, start.offset))
  }
  return places.sort((one, other) => one.start - other.start)
}

function addressesInHtml(html: string, offset: number): Place[] {
  return [...html.matchAll(/\b(src|href)\s*=\s*("[^"]*"|'[^']*')/gi)].map((found) => {
    const [whole, name = '', quoted = ''] = found
    const start = offset + found.index + whole.length - quoted.length + 1
    const address = decodeString(quoted.slice(1, -1))
    const use = name.toLowerCase() === 'src' || isPicture(address) ? 'picture' : 'link'
    return { start, end: start + quoted.length - 2, address, use, html: true }
  })
}

/** Whether an address ends as those of pictures do. */
function isPicture(address: string): boolean {
  return /\.(png|jpe?g|webp|avif|gif|svg)([?#].*)?$/i.test(address)
}
