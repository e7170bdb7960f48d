import { expect, test } from '@playwright/test'
import { abridged, compareTexts, type Part } from '@/lib/editing/compare'

const written = (parts: Part[]) =>
  parts
    .map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}[${text}]`))
    .join('')

const rows: [before: string, after: string, says: string][] = [
  ['The lamp is lit.', 'The old lamp is lit.', 'The +[old ]lamp is lit.'],
  ['The lamp is lit.', 'The lamp is out.', 'The lamp is -[lit]+[out].'],
  ['a  b', 'a b', 'a-[  ]+[ ]b'],
  ['灯台守は上った', '灯台守が上った', '灯台守-[は]+[が]上った'],
  ['', 'New.', '+[New.]'],
  ['Same.', 'Same.', 'Same.'],
  ['', '', ''],
]
for (const [before, after, says] of rows) {
  test(`${JSON.stringify(before)} became ${JSON.stringify(after)}`, () => {
    expect(written(compareTexts(before, after))).toBe(says)
  })
}

test('both texts can be put together from the parts, also where nothing is the same', () => {
  const words = (seed: number) =>
    Array.from({ length: 20_000 }, (_, n) => `w${(n * seed) % 99_991}`).join(' ')
  for (const [before, after] of [
    ['one\ntwo\nthree', 'zero\none\n\nthree'],
    [words(7), words(11)],
  ] as const) {
    const parts = compareTexts(before, after)
    const without = (kind: Part['kind']) =>
      parts
        .filter((part) => part.kind !== kind)
        .map(({ text }) => text)
        .join('')
    expect(without('added')).toBe(before)
    expect(without('removed')).toBe(after)
  }
})

test('long parts that have not changed are left out, but for two lines round each change', () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => `line ${from + n}`).join('\n')
  const shown = abridged(compareTexts(`${lines(1, 30)}\nold`, `new\n${lines(1, 30)}`))
  const text = shown.map((part) => (part.kind === 'left' ? `<${part.lines}>` : part.text)).join('|')
  expect(text).toMatch(/^new\n\|line 1\nline 2\|<26>\|line 29\nline 30\|\nold$/)
})
