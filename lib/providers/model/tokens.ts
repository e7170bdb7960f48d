/**
 * About how many tokens a text is, for charging what was delivered when the provider gave no count.
 *
 * Latin letters, digits and everything in ASCII count four to a token (the rule of thumb that OpenAI
 * publishes for English); other alphabets two to a token; and Chinese characters, kana, Hangul, emoji and
 * whatever else is left one each. It is a whole number: 0 for no text, else at least 1.
 */
export function estimateTokens(text: string): number {
  let quarters = 0
  for (const character of text) quarters += quartersOf(character)
  return Math.ceil(quarters / 4)
}

function quartersOf(character: string): number {
  if (character <= '\u024f' || latin.test(character)) return 1
  if (wide.test(character)) return 4
  return alphabetic.test(character) ? 2 : 4
}

const latin = /\p{Script=Latin}|[\u2010-\u2027]/u
const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u
const alphabetic = /\p{L}|\p{M}/u
