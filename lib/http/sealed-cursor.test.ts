import { expect, test } from '@playwright/test'
import { type AskedList, openCursor, sealCursor, withOpenCursor } from '@/lib/http/sealed-cursor'
import type { Viewer } from '@/lib/services/viewer'

const viewer = { userId: 'ada' } as Viewer
const list: AskedList = { operation: 'listPosts', viewer, filters: ['draft', 'lamp'] }
const CURSOR = 'MTc2OTQ0'
const REFUSED = expect.objectContaining({
  code: 'invalid',
  fields: [{ pointer: '/cursor', detail: expect.stringContaining('not one that this list has given') }],
})

test('a cursor is opened by the list that sealed it', () => {
  const sealed = sealCursor(list, CURSOR)
  expect(sealed).toMatch(/^MTc2OTQ0\.[\w-]{22}$/)
  expect(openCursor({ ...list }, sealed)).toBe(CURSOR)
  expect(sealCursor({ ...list }, CURSOR)).toBe(sealed)
})

const others: { name: string; other: AskedList }[] = [
  { name: 'another list', other: { ...list, operation: 'listUploads' } },
  { name: 'another user', other: { ...list, viewer: { userId: 'eve' } as Viewer } },
  { name: 'nobody', other: { ...list, viewer: null } },
  { name: 'another filter', other: { ...list, filters: ['all', 'lamp'] } },
  { name: 'filters that only look alike together', other: { ...list, filters: ['draft,lamp'] } },
  { name: 'no filters', other: { operation: list.operation, viewer } },
]

for (const { name, other } of others) {
  test(`it is refused to ${name}`, () => {
    expect(() => openCursor(other, sealCursor(list, CURSOR))).toThrow(REFUSED)
  })
}

test('it is refused with any character changed, left out or added', () => {
  const sealed = sealCursor(list, CURSOR)
  for (let at = 0; at < sealed.length; at++) {
    const [before, after] = [sealed.slice(0, at), sealed.slice(at + 1)]
    for (const changed of [
      before + (sealed[at] === 'A' ? 'B' : 'A') + after,
      before + after,
      `${before}x${sealed.slice(at)}`,
    ])
      expect(() => openCursor(list, changed), changed).toThrow(REFUSED)
  }
  for (const none of ['', '.', CURSOR, `${CURSOR}.`, `${sealed}.`, `${sealed}\u00e9`])
    expect(() => openCursor(list, none), none).toThrow(REFUSED)
})

test('an empty cursor is none', () => {
  expect(withOpenCursor(list, { limit: 1, cursor: '' })).toEqual({ limit: 1, cursor: undefined })
  expect(withOpenCursor(list, { limit: 1 })).toEqual({ limit: 1, cursor: undefined })
  expect(withOpenCursor(list, { limit: 1, cursor: sealCursor(list, CURSOR) })).toEqual({
    limit: 1,
    cursor: CURSOR,
  })
})
