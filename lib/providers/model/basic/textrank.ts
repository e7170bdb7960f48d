import { wordsOf } from '@/lib/providers/model/basic/segment'

/**
 * How central each sentence is to all of them, in their order: the higher the more.
 *
 * TextRank (Mihalcea and Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004): sentences vote for those
 * they share words with. A shared word counts by its rarity among the sentences (as in LexRank), which does
 * for every language what lists of stop words do for a few.
 */
export function rank(sentences: string[]): number[] {
  const count = sentences.length
  const words = sentences.map((sentence) => [...new Set(wordsOf(sentence).map(({ word }) => word))])
  const similarity = similarities(words)

  const votes = new Float64Array(count)
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) votes[from] = at(votes, from) + at(similarity, from * count + to)
  }

  let scores = new Float64Array(count).fill(1)
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(count).fill(1 - DAMPING)
    for (let from = 0; from < count; from++) {
      const share = at(votes, from) === 0 ? 0 : (DAMPING * at(scores, from)) / at(votes, from)
      for (let to = 0; to < count; to++) next[to] = at(next, to) + share * at(similarity, from * count + to)
    }
    scores = next
  }
  return [...scores]
}

/** The damping of PageRank. Scores settle to well below the differences that matter within the rounds. */
const DAMPING = 0.85
const ROUNDS = 30

/** A full matrix, row by row, filled from an index of which sentences hold a word. */
function similarities(words: string[][]): Float64Array {
  const count = words.length
  const holders = new Map<string, number[]>()
  for (const [sentence, list] of words.entries()) {
    for (const word of list) holders.set(word, [...(holders.get(word) ?? []), sentence])
  }

  const matrix = new Float64Array(count * count)
  for (const list of holders.values()) {
    const rarity = Math.log(count / list.length)
    for (const a of list) {
      for (const b of list) if (a !== b) matrix[a * count + b] = at(matrix, a * count + b) + rarity
    }
  }

  // Long sentences share words by chance; two of one word each would divide by zero, hence the 1.
  const lengths = words.map((list) => Math.log(list.length + 1))
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const length = (lengths[a] ?? 0) + (lengths[b] ?? 0)
      if (length > 0) matrix[a * count + b] = at(matrix, a * count + b) / length
    }
  }
  return matrix
}

/** Indexes here are always within the array; the compiler can't know. */
function at(array: Float64Array, index: number): number {
  return array[index] ?? 0
}
