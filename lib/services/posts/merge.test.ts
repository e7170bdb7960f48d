import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { mergeTexts, type PostText } from '@/lib/services/posts/merge'

const base: PostText = {
  title: 'Bread',
  content: 'Flour.\n\nWater.\n\nSalt.\n\nTime.',
  excerpt: 'Four things.',
}

test('what only one of them changed is taken from that one', () => {
  const mine = { ...base, title: 'Good bread', content: base.content.replace('Flour.', 'Rye flour.') }
  const theirs = { ...base, content: base.content.replace('Time.', 'Much time.'), excerpt: 'A few things.' }
  expect(mergeTexts(base, mine, theirs)).toEqual({
    text: {
      title: 'Good bread',
      content: 'Rye flour.\n\nWater.\n\nSalt.\n\nMuch time.',
      excerpt: 'A few things.',
    },
    conflicts: [],
  })
})

test('where both changed the same, both are there, marked', () => {
  const mine = { ...base, title: 'My bread', content: base.content.replace('Water.', 'Cold water.') }
  const theirs = { ...base, title: 'Their bread', content: base.content.replace('Water.', 'Warm water.') }
  expect(mergeTexts(base, mine, theirs)).toEqual({
    text: {
      title: 'My bread',
      content: 'Flour.\n\n<<<<<<< yours\nCold water.\n=======\nWarm water.\n>>>>>>> theirs\n\nSalt.\n\nTime.',
      excerpt: 'Four things.',
    },
    conflicts: ['title', 'content'],
  })
})

test('the same change by both is no conflict', () => {
  const both = { title: 'Loaf', content: base.content.replace('Salt.', 'No salt.'), excerpt: '' }
  expect(mergeTexts(base, both, { ...both })).toEqual({ text: both, conflicts: [] })
})

test('no line that either wrote is missing from what is put together', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd '), { maxLength: 12 })
  const texts = fc.tuple(lines, lines, lines).map((all) => all.map((one) => one.join('\n')))
  fc.assert(
    fc.property(texts, ([of = '', mine = '', theirs = '']) => {
      const [old, one, other] = [of, mine, theirs].map((content) => ({ ...base, content }))
      if (!old || !one || !other) throw new Error('there are three')
      const merged = mergeTexts(old, one, other).text.content
      if (mine === of) expect(merged).toBe(theirs)
      if (theirs === of) expect(merged).toBe(mine)
      const counts = (text: string) => Map.groupBy(text.split('\n'), (line) => line)
      for (const [line, times] of counts(mine)) {
        const added = times.length - (counts(of).get(line)?.length ?? 0)
        const kept = counts(merged).get(line)?.length ?? 0
        if (added > 0) expect(kept).toBeGreaterThanOrEqual(Math.min(times.length, added))
      }
    }),
    { numRuns: 500 },
  )
})
