import { expect, test } from '@playwright/test'
import { withinTime } from '@/lib/time-limit'

test('what is done in time is answered, whatever it comes to', () => {
  expect(withinTime(10_000, () => 7)).toBe(7)
  expect(withinTime(10_000, () => undefined)).toBeUndefined()
  const failure = new RangeError('too deep')
  expect(() =>
    withinTime(10_000, () => {
      throw failure
    }),
  ).toThrow(failure)
})

test('what would go on for ever is broken off, and the next is done', () => {
  expect(
    withinTime(50, () => {
      for (;;);
    }),
  ).toBeNull()
  expect(withinTime(10_000, () => 'next')).toBe('next')
})

test('one within another is broken off by itself', () => {
  expect(withinTime(10_000, () => [withinTime(50, forEver), withinTime(10_000, () => 'inner')])).toEqual([
    null,
    'inner',
  ])
})

function forEver(): never {
  for (;;);
}
