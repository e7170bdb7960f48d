import { expect, test } from '@playwright/test'
import { slugCandidates } from '@/lib/services/posts/slug'

const rows: [title: string, first: RegExp][] = [
  ['The Lighthouse', /^the-lighthouse$/],
  ['  Ünïcödé — “quotes” & more!  ', /^unicode-quotes-and-more$/],
  ['C++ / C#', /^c-c$/],
  ['../../admin?x=1#y', /^adminx1y$/],
  ['---', /^post-[\da-f]{6}$/],
  ['灯台守', /^post-[\da-f]{6}$/],
  ['🗼', /^post-[\da-f]{6}$/],
  ['a\ud83d', /^a$/],
  ['a '.repeat(100), /^(a-){39}a$/],
  ['x'.repeat(200), /^x{80}$/],
]

for (const [title, first] of rows) {
  test(`makes an address of ${JSON.stringify(title.slice(0, 40))}`, () => {
    expect(slugCandidates(title).next().value).toMatch(first)
  })
}

test('goes on with others, each of them new', () => {
  const candidates = slugCandidates('The Lighthouse').take(50).toArray()
  expect(new Set(candidates).size).toBe(50)
  for (const candidate of candidates.slice(1)) expect(candidate).toMatch(/^the-lighthouse-[\da-f]{6}$/)
})

test('is always one segment of a path, as it stands', () => {
  for (const title of ['a/b', 'a%2Fb', 'a b', 'a\nb', 'a?b', '.', '..', 'İ', 'ß', '\u202e'])
    for (const slug of slugCandidates(title).take(3)) expect(slug, title).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
})
