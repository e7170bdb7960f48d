import { expect, test } from '@playwright/test'
import { cleaner } from '@/lib/providers/model/clean'

const [high, low] = ['\ud83d', '\uddfc']
const table = [
  { what: 'plain text', deltas: ['The ', 'tower'], clean: ['The ', 'tower'] },
  { what: 'a whole emoji', deltas: [`a${high}${low}b`], clean: [`a${high}${low}b`] },
  { what: 'an emoji over two deltas', deltas: [`a${high}`, `${low}b`], clean: ['a', `${high}${low}b`] },
  { what: 'half an emoji at the end', deltas: [`a${high}`], clean: ['a'] },
  {
    what: 'halves that do not belong together',
    deltas: [`a${high}`, 'b', `${low}c`],
    clean: ['a', 'b', 'c'],
  },
  { what: 'NUL', deltas: ['a\0b'], clean: ['ab'] },
]

for (const { what, deltas, clean } of table) {
  test(what, () => {
    const next = cleaner()
    const result = deltas.map(next)
    expect(result).toEqual(clean)
    expect(result.every((delta) => delta.isWellFormed())).toBe(true)
  })
}
