import { blocksOf, clip, joined, sentencesOf } from '@/lib/providers/model/basic/segment'
import { rank } from '@/lib/providers/model/basic/textrank'

/** Two to four of the text's own sentences, the most central ones, in their order; '' when it has none. */
export function summary(text: string): string {
  const sentences = proseSentences(text)
  const wanted = sentences.length > 15 ? 4 : sentences.length > 6 ? 3 : 2
  const chosen = bestFirst(sentences)
    .slice(0, wanted)
    .sort((a, b) => a.index - b.index)
  return joined(chosen.map(({ sentence }) => clip(sentence, LONGEST)))
}

/** A "sentence" longer than this, in characters, is a list or a text without full stops. */
const LONGEST = 400

/** Ranking compares every sentence with every other, so that a book would take minutes. */
const MOST_SENTENCES = 300

/** Headings and code are no sentences, unless there is nothing else. Of a long text, evenly spread ones. */
export function proseSentences(text: string): string[] {
  const blocks = blocksOf(text)
  const prose = blocks.filter(({ heading }) => !heading)
  const all = (prose.length > 0 ? prose : blocks).flatMap((block) => sentencesOf(block.text))
  const distinct = [...new Set(all.length > 0 ? all : sentencesOf(text))]
  if (distinct.length <= MOST_SENTENCES) return distinct
  return Array.from(
    { length: MOST_SENTENCES },
    (_, n) => distinct[Math.floor((n * distinct.length) / MOST_SENTENCES)] ?? '',
  )
}

/** Of equally good ones the earlier comes first, which keeps the answer the same every time. */
export function bestFirst(sentences: string[]): { sentence: string; index: number }[] {
  const scores = rank(sentences.map((sentence) => sentence.slice(0, LONGEST)))
  return sentences
    .map((sentence, index) => ({ sentence, index }))
    .sort((a, b) => (scores[b.index] ?? 0) - (scores[a.index] ?? 0) || a.index - b.index)
}
