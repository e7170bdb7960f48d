import { expect, test } from '@playwright/test'
import { requestedRange } from '@/lib/http/byte-range'

const SIZE = 1000
const rows: [range: string, asked: ReturnType<typeof requestedRange>][] = [
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=0-', { start: 0, end: 999 }],
  ['Bytes=5-9', { start: 5, end: 9 }],
  [' bytes=5-9 ', { start: 5, end: 9 }],
  ['bytes=990-2000', { start: 990, end: 999 }],
  ['bytes=-1', { start: 999, end: 999 }],
  ['bytes=-1000', { start: 0, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
  [`bytes=0-${'9'.repeat(400)}`, { start: 0, end: 999 }],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=1000-1001', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
  ['bytes=9-5', null],
  ['bytes=-', null],
  ['bytes=', null],
  ['bytes=1-2,4-5', null],
  ['bytes=1-2-3', null],
  ['bytes=+1-2', null],
  ['bytes=0x1-2', null],
  ['items=0-5', null],
  ['', null],
]

for (const [range, asked] of rows) {
  test(`${range.slice(0, 40) || 'nothing'} asks for ${JSON.stringify(asked)}`, () => {
    expect(requestedRange(new Headers({ Range: range }), SIZE, '"tag"')).toEqual(asked)
  })
}

test('a range counts only while the content is the one that If-Range names', () => {
  const asked = (condition: string) =>
    requestedRange(new Headers({ Range: 'bytes=5-', 'If-Range': condition }), SIZE, '"tag"')
  expect(asked('"tag"')).toEqual({ start: 5, end: 999 })
  for (const other of ['"other"', 'W/"tag"', 'Mon, 23 Nov 2026 01:12:51 GMT', ''])
    expect(asked(other), other).toBeNull()
})
