/** Words that are read in a minute. */
const PACE = 220

const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** The words of a Markdown text in any language, without the addresses of its links and pictures. */
export function countWords(markdown: string): number {
  let count = 0
  for (const { isWordLike } of words.segment(markdown.replace(/\]\([^)\s]*\)/g, ']'))) if (isWordLike) count++
  return count
}

/** Minutes that reading so many words takes, at least one. */
export function readingMinutes(count: number): number {
  return Math.max(1, Math.round(count / PACE))
}
