import { expect, test } from '@playwright/test'
import { isWellFormed, newKey } from '@/lib/services/key-format'

test('a key is known by its checksum', () => {
  const key = newKey()
  expect(key).toMatch(/^ink_[\w-]{49}$/)
  expect(isWellFormed(key)).toBe(true)
  expect(newKey()).not.toBe(key)
})

test('one letter that is another, two that changed places, or one too few make it none', () => {
  const key = newKey()
  for (let at = 4; at < key.length; at++) {
    const letter = key[at] === 'A' ? 'B' : 'A'
    expect(isWellFormed(key.slice(0, at) + letter + key.slice(at + 1)), `at ${at}`).toBe(false)
    const [one = '', two = ''] = key.slice(at, at + 2)
    if (two !== '' && one !== two)
      expect(isWellFormed(key.slice(0, at) + two + one + key.slice(at + 2))).toBe(false)
  }
  expect(isWellFormed(key.slice(0, -1))).toBe(false)
  expect(isWellFormed(`${key}A`)).toBe(false)
})
