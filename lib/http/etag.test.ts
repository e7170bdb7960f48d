import { expect, test } from '@playwright/test'
import { expectedVersions, isFresh, listTag, postTag } from '@/lib/http/etag'

const asking = (name: string, value: string | null) =>
  new Request('http://inkwell.invalid', { headers: value === null ? {} : { [name]: value } })

test('a post’s validator is strong, one a version', () => {
  expect(postTag({ version: 7 })).toBe('"v7"')
  expect(postTag({ version: 8 })).not.toBe(postTag({ version: 7 }))
})

test('a list’s validator is weak, one for what it holds', () => {
  expect(listTag([1])).toMatch(/^W\/"[\w-]{22}"$/)
  expect(listTag([1])).toBe(listTag([1]))
  expect(listTag([1])).not.toBe(listTag([2]))
})

const fresh: [header: string | null, tag: string, is: boolean][] = [
  [null, '"v1"', false],
  ['"v1"', '"v1"', true],
  ['W/"v1"', '"v1"', true],
  ['"v1"', 'W/"v1"', true],
  ['"v0", "v1"', '"v1"', true],
  ['*', '"v1"', true],
  [' "v1" ', '"v1"', true],
  ['v1', '"v1"', false],
  ['"v2"', '"v1"', false],
  ['"v11"', '"v1"', false],
  ['', '"v1"', false],
]

for (const [header, tag, is] of fresh) {
  test(`If-None-Match: ${header} is ${is ? '' : 'not '}fresh for ${tag}`, () => {
    expect(isFresh(asking('If-None-Match', header), tag)).toBe(is)
  })
}

const expected: [header: string, versions: number[] | null][] = [
  ['*', null],
  [' * ', null],
  ['"v1"', [1]],
  ['"v1","v22"', [1, 22]],
  ['W/"v1"', []],
  ['v1', []],
  ['"v-1"', []],
  ['"v1e3"', []],
  ['"v9999999999"', []],
  ['"other", "v3"', [3]],
]

for (const [header, versions] of expected) {
  test(`If-Match: ${header} allows ${JSON.stringify(versions)}`, () => {
    expect(expectedVersions(asking('If-Match', header))).toEqual(versions)
  })
}

for (const header of [null, '', ' ']) {
  test(`If-Match: ${JSON.stringify(header)} is no precondition`, () => {
    expect(() => expectedVersions(asking('If-Match', header))).toThrow(
      expect.objectContaining({ code: 'precondition_required' }),
    )
  })
}
