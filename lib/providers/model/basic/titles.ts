import { keyPhrases } from '@/lib/providers/model/basic/phrases'
import { blocksOf, clip, hasWords, wordsOf } from '@/lib/providers/model/basic/segment'
import { bestFirst, proseSentences } from '@/lib/providers/model/basic/summary'

/** Five different titles in the text's own words; none when the text has no words. */
export function titles(text: string): string[] {
  if (!hasWords(text)) return []
  const found = new Map<string, string>()
  for (const candidate of candidates(text)) {
    const title = titleFrom(candidate)
    if (title) found.set(title.toLowerCase(), found.get(title.toLowerCase()) ?? title)
    if (found.size === COUNT) break
  }
  return [...found.values()]
}

const COUNT = 5
const LONGEST = 70

/** A line fit for a title: one clause, no full stop, a capital first letter where the script has them. */
export function titleFrom(sentence: string): string {
  const line = sentence.slice(0, 400).replace(/\s+/g, ' ').trim()
  const short = clip(firstClause(line), LONGEST).replace(/[.。．،؛,;:、\s]+$/u, '')
  return hasWords(short) ? short.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : ''
}

function* candidates(text: string): Generator<string> {
  const heading = blocksOf(text).find((block) => block.heading)
  if (heading) yield heading.text
  const sentences = proseSentences(text)
  const best = bestFirst(sentences).map(({ sentence }) => sentence)
  const phrases = keyPhrases(sentences, COUNT)

  yield* best.slice(0, COUNT - 2)
  yield* phrases
  yield* best
  yield* shortened(best[0] ?? text)
  yield* punctuated(titleFrom(best[0] ?? text))
}

/** A short text has few phrases; the beginnings of its first sentence are titles of a kind. */
function* shortened(sentence: string): Generator<string> {
  const words = wordsOf(sentence).slice(0, 8)
  for (const word of words.toReversed()) yield sentence.slice(0, word.end)
  for (const word of words) yield sentence.slice(word.start, word.end)
}

/** A text of one word leaves nothing to choose from in any language but how to say it. */
function* punctuated(title: string): Generator<string> {
  for (const end of ['?', '!', ' …', '?!']) yield title.replace(/[?!…\s]+$/u, '') + end
  yield `“${title}”`
}

/** Up to the first comma, colon or dash that leaves a clause of some length before it. */
function firstClause(line: string): string {
  for (const match of line.matchAll(/[,;:،؛、，；：]\s*|\s[–—-]\s/gu)) {
    if (wordsOf(line.slice(0, match.index)).length >= 4) return line.slice(0, match.index)
  }
  return line
}
