/** A paragraph, a heading or a list item, on one line and without its Markdown. */
export type Block = { text: string; heading: boolean }

/** A word as it is compared (`word`), and where it stands in the sentence. */
export type Word = { word: string; start: number; end: number }

/**
 * The prose of a Markdown or plain text. Lines that were only wrapped are joined again, because
 * `Intl.Segmenter` ends a sentence at every line break (Unicode UAX #29, rule SB4); code is left out.
 */
export function blocksOf(markdown: string): Block[] {
  const prose = markdown.replace(fencedCode, '\n\n')
  const blocks: { lines: string[]; heading: boolean }[] = []
  for (const paragraph of prose.split(/\r?\n\s*\n/)) {
    let open: string[] | null = null
    for (const line of paragraph.split(/\r?\n/)) {
      const marker = /^\s*(#{1,6}|[-*+]|\d{1,3}[.)]|>)\s+/.exec(line)?.[1] ?? ''
      const text = withoutMarkdown(line)
      if (!text) continue
      if (open && (marker === '' || marker === '>')) {
        open.push(text)
        continue
      }
      const heading = marker.startsWith('#')
      const lines = [text]
      blocks.push({ lines, heading })
      open = heading ? null : lines
    }
  }
  return blocks.map(({ lines, heading }) => ({ text: joined(lines), heading }))
}

/** To its closing fence, or to the end when there is none (CommonMark 4.5). */
const fencedCode = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1[^\n]*$|$(?![\s\S]))/gm

/** With spaces between, but for languages that are written without. */
export function joined(texts: string[]): string {
  return texts
    .map((text, n) => {
      const before = texts[n - 1]
      const close =
        before === undefined || (spaceless.test(before.slice(-1)) && spaceless.test(text.slice(0, 1)))
      return close ? text : ` ${text}`
    })
    .join('')
}

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}、。，！？「」『』]/u

/** The sentences of one block, trimmed; none of more than 2000 characters. */
export function sentencesOf(text: string): string[] {
  const segments = (text.match(windows) ?? []).flatMap((window) => [...sentenceSegmenter.segment(window)])
  return segments.map(({ segment }) => segment.trim()).filter(hasWords)
}

/**
 * Up to the last full stop, else space, of every 2000 characters. Before Node 24 every segment came with a copy
 * of the whole text, so that 100 kB without a full stop took gigabytes.
 */
const windows =
  /[\s\S]{1,2000}$|[\s\S]{1000,1999}(?:(?<=[.!?؟।])\s|(?<=[。！？]))|[\s\S]{1000,1999}\s|[\s\S]{1,2000}/gu

/** The words of a sentence, in lower case, with where each stands in it. */
export function wordsOf(sentence: string): Word[] {
  const words: Word[] = []
  for (const { segment, index, isWordLike } of wordSegmenter.segment(sentence)) {
    if (!isWordLike) continue
    words.push({ word: segment.normalize('NFKC').toLowerCase(), start: index, end: index + segment.length })
  }
  return words
}

/** Not longer than `most` characters, cut between words where there are any, with an ellipsis if it was cut. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  let end = 0
  for (const word of wordsOf(text.slice(0, most))) if (word.end < most) end = word.end
  // Array.from keeps surrogate pairs whole when there is no word boundary to cut at.
  const kept =
    end > most / 3
      ? text.slice(0, end)
      : Array.from(text.slice(0, most - 1))
          .slice(0, -1)
          .join('')
  return `${kept}…`
}

/** Whether there is a letter or a digit in it. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

// The language of the text is not known, and the rules for sentences and words hardly depend on it.
const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' })

function withoutMarkdown(line: string): string {
  return (
    line
      .replace(/^\s*(?:(?:#{1,6}|[-*+]|\d{1,3}[.)]|>)\s+)+/, '')
      .replace(/^\s*(?:[-*_=]\s*){3,}$/, '')
      // No bracket within brackets, so that a text of nothing but brackets takes no quadratic time.
      .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
      .replace(/(\*\*|__|~~|`)/g, '')
      .replace(/(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, '')
      .replace(/\s+/g, ' ')
      .trim()
  )
}
