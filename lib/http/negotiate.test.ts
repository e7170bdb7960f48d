import { expect, test } from '@playwright/test'
import { choose, preferredCoding, takesByName } from '@/lib/http/negotiate'

const [JSON_TYPE, SSE] = ['application/json', 'text/event-stream']

const rows: [accept: string | null, chosen: string | null][] = [
  [null, JSON_TYPE],
  ['', JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  ['text/*', SSE],
  ['text/event-stream', SSE],
  ['TEXT/Event-Stream; charset=utf-8', SSE],
  // The weight decides, wherever it stands.
  ['application/json, text/event-stream;q=0.1', JSON_TYPE],
  ['text/event-stream;q=0.1, application/json', JSON_TYPE],
  ['application/json;q=0.5, text/event-stream', SSE],
  ['application/json; q=0.8, text/*; q=0.9', SSE],
  ['text/event-stream;q=0.300, */*;q=0.2', SSE],
  // Of the ranges that a type falls under, the most specific one counts.
  ['application/json;q=0, */*', SSE],
  ['*/*;q=0.1, text/event-stream;q=0', JSON_TYPE],
  ['text/*, text/event-stream;q=0, application/json;q=0.1', JSON_TYPE],
  ['application/*;q=0.2, */*', SSE],
  // Liked alike: by name before by wildcard, then the first of ours.
  ['application/json, text/event-stream', JSON_TYPE],
  ['text/event-stream, application/json', JSON_TYPE],
  ['text/event-stream, */*', SSE],
  ['application/json, text/plain, */*', JSON_TYPE],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', JSON_TYPE],
  // Nothing of ours.
  ['text/html', null],
  ['application/json;q=0, text/event-stream;q=0.0', null],
  ['*/*;q=0', null],
  ['application/json;q=.', null],
]

for (const [accept, chosen] of rows) {
  test(`of JSON and a stream, ${accept ?? 'nobody who says nothing'} gets ${chosen}`, () =>
    expect(choose(accept, [JSON_TYPE, SSE])).toBe(chosen))
}

test('where there is nothing to choose from, nothing is chosen', () => {
  expect(choose(null, [])).toBeNull()
  expect(choose('*/*', [])).toBeNull()
})

test('by name is not by wildcard, nor with a weight of nothing', () => {
  const by = (Accept: string) =>
    takesByName(new Request('http://localhost', { headers: { Accept } }), 'image/avif')
  expect(by('image/avif,image/webp,*/*')).toBe(true)
  expect(by('image/*, */*')).toBe(false)
  expect(by('image/avif;q=0, */*')).toBe(false)
})

test('a coding is one that is named and not refused', () => {
  expect(preferredCoding('gzip, deflate, br')).toBe('br')
  expect(preferredCoding('gzip, br;q=0')).toBe('gzip')
  expect(preferredCoding('*')).toBe('identity')
  expect(preferredCoding()).toBe('identity')
})
