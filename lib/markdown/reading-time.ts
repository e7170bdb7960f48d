/** How many words a minute silent readers of prose take in (Brysbaert 2019, a mean of 238). */
const WORDS_A_MINUTE = 238

/** How long a text takes to read, in minutes, at least one. Words are counted in any language. */
export function readingMinutes(text: string): number {
  let words = 0
  for (const { isWordLike } of SEGMENTER.segment(text)) if (isWordLike) words++
  return Math.max(1, Math.round(words / WORDS_A_MINUTE))
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' })
