import { expect, test } from '@playwright/test'
import { applied } from '@/lib/editing/edit'
import { asExcerpt, splitHeading, titlesIn } from '@/lib/editing/generated'
import { insertBlock } from '@/lib/editing/insert'

test('the heading of a draft is parted from its text', () => {
  expect(splitHeading('\n# The Keeper #\n\nAt dusk.\n')).toEqual({ heading: 'The Keeper', body: 'At dusk.' })
  expect(splitHeading('## Not the title\n\nAt dusk.')).toEqual({
    heading: null,
    body: '## Not the title\n\nAt dusk.',
  })
  expect(splitHeading('')).toEqual({ heading: null, body: '' })
})

test('titles come without numbers, marks and quotation marks', () => {
  const answer = '1. The Keeper\n\n2) “The Lamp”\n- **The Sea**\n"Out" and "In"\n   \n1984 and after'
  expect(titlesIn(answer)).toEqual(['The Keeper', 'The Lamp', 'The Sea', '"Out" and "In"', '1984 and after'])
})

test('an excerpt is one line, cut between words', () => {
  expect(asExcerpt(' One\n\ntwo. ', 500)).toBe('One two.')
  expect(asExcerpt('One two three', 9)).toBe('One two…')
  expect(asExcerpt('🗼'.repeat(6), 5)).toBe(`${'🗼'.repeat(4)}…`)
})

const rows: [value: string, at: [number, number], after: string][] = [
  ['', [0, 0], 'NEW'],
  ['One.', [4, 4], 'One.\n\nNEW'],
  ['One.\n', [5, 5], 'One.\n\nNEW'],
  ['One.Two.', [4, 4], 'One.\n\nNEW\n\nTwo.'],
  ['One.\n\nTwo.', [6, 6], 'One.\n\nNEW\n\nTwo.'],
  ['One. Two. Three.', [5, 9], 'One. \n\nNEW\n\n Three.'],
]
for (const [value, [start, end], after] of rows) {
  test(`a block put into ${JSON.stringify(value)} at ${start}`, () => {
    const text = { value, start, end }
    const result = applied(text, insertBlock(text, 'NEW'))
    expect(result.value).toBe(after)
    expect(result.value.slice(result.start, result.end)).toBe('NEW')
  })
}
