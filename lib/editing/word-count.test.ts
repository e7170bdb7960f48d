import { expect, test } from '@playwright/test'
import { countWords, readingMinutes } from '@/lib/editing/word-count'

const rows: [text: string, words: number][] = [
  ['', 0],
  ['## The *lamp* is lit.', 4],
  ['A [word](https://example.com/a-long-address) and ![a picture](/uploads/1/p.png)', 5],
  ['Don’t — count … signs', 3],
]
for (const [text, words] of rows) {
  test(`${JSON.stringify(text)} has ${words} words`, () => expect(countWords(text)).toBe(words))
}

test('also where none is parted by spaces', () => {
  expect(countWords('灯台守は毎晩階段を上った。')).toBeGreaterThan(4)
})

test('reading takes a minute at least', () => {
  expect([0, 1, 220, 2_000].map(readingMinutes)).toEqual([1, 1, 1, 9])
})
