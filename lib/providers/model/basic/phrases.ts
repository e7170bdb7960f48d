import { type Word, wordsOf } from '@/lib/providers/model/basic/segment'

/**
 * What a text keeps coming back to, best first: words, or two to four in a row as they stand in it, that say
 * something and recur. At most `most`, none within another.
 */
export function keyPhrases(sentences: string[], most: number): string[] {
  const frequency = new Map<string, number>()
  const parsed = sentences.map((sentence) => ({ sentence, words: wordsOf(sentence) }))
  for (const { words } of parsed) {
    for (const { word } of words) if (saysSomething(word)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  }

  const scores = new Map<string, { phrase: string; score: number; times: number }>()
  for (const { sentence, words } of parsed) {
    for (const run of runsOf(sentence, words)) {
      const phrase = sentence.slice(run[0]?.start, run.at(-1)?.end)
      const key = phrase.toLowerCase()
      const known = scores.get(key)
      const worth = run.reduce((sum, { word }) => sum + (frequency.get(word) ?? 0), 0) / Math.sqrt(run.length)
      scores.set(key, { phrase: known?.phrase ?? phrase, score: worth, times: (known?.times ?? 0) + 1 })
    }
  }

  const chosen: string[] = []
  const ranked = [...scores.entries()].sort(([, a], [, b]) => b.score * b.times - a.score * a.times)
  for (const [key, { phrase }] of ranked) {
    if (chosen.length >= most) break
    if (!chosen.some((other) => other.toLowerCase().includes(key) || key.includes(other.toLowerCase()))) {
      chosen.push(phrase)
    }
  }
  return chosen
}

/**
 * In most scripts the little words are little: under four letters. Chinese characters and katakana carry
 * meaning one by one or two by two, and what is only hiragana is mostly grammar.
 */
function saysSomething(word: string): boolean {
  if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)) return word.length > 1
  if (/^[\p{Script=Hiragana}\p{N}]+$/u.test(word)) return false
  return word.length > 3 && !commonWords.has(word)
}

const commonWords = new Set(
  (
    'about after also because been before being between both could does doing down during each even every from ' +
    'have having here into itself just like made make many more most much only other over same should some such than ' +
    'that their them then there these they this those through under until upon very want were what when where which ' +
    'while will with would write your yours ' +
    'aber alle auch beim dann dass denn diese dieser dieses durch eine einem einen einer eines haben hatte ihre ihrem ' +
    'ihren ihrer immer kann kein keine mehr nach nicht noch oder ohne schon sehr sein seine seinem seinen seiner sich ' +
    'sind unter viel wenn werden wird wurde zwischen über ' +
    'avec cette comme dans elle elles leur leurs mais nous plus pour sans sont vous ' +
    'como cuando desde donde entre esta este esto para pero porque sobre también todo'
  ).split(' '),
)

/** Up to four neighbours with nothing but a space or nothing at all between them, all of which say something. */
function runsOf(sentence: string, words: Word[]): Word[][] {
  const runs: Word[][] = []
  for (let first = 0; first < words.length; first++) {
    const run: Word[] = []
    for (const word of words.slice(first, first + 4)) {
      const gap = sentence.slice(run.at(-1)?.end ?? word.start, word.start)
      if (gap.trim() !== '' || !saysSomething(word.word)) break
      run.push(word)
      runs.push([...run])
    }
  }
  return runs
}
