import { expect, test } from '@playwright/test'
import { AppError } from '@/lib/errors'
import { tagsFrom } from '@/lib/services/posts/tags'

const rows: [typed: string[], tags: string[], keys: string[]][] = [
  [
    ['Lighthouses', ' The  Sea '],
    ['Lighthouses', 'The Sea'],
    ['lighthouses', 'the-sea'],
  ],
  [['Sea', '', '  ', 'SEA', 'sea '], ['Sea'], ['sea']],
  [
    ['Fjörd', 'fjord', 'Ölpreis'],
    ['Fjörd', 'Ölpreis'],
    ['fjord', 'olpreis'],
  ],
  [
    ['灯台', '灯台 守', '灯台'],
    ['灯台', '灯台 守'],
    ['灯台', '灯台-守'],
  ],
  [[], [], []],
]
for (const [typed, tags, keys] of rows) {
  test(`of ${JSON.stringify(typed)} is stored ${JSON.stringify(tags)}`, () => {
    expect(tagsFrom(typed)).toEqual({ tags, keys })
  })
}

const refused: [typed: string[], why: RegExp][] = [
  [['x'.repeat(51)], /at most 50 characters/],
  [['sea', '!?'], /“!\?” has neither a letter nor a digit/],
  [Array.from({ length: 11 }, (_, n) => `tag ${n}`), /At most 10 tags. These are 11/],
]
for (const [typed, why] of refused) {
  test(`${JSON.stringify(typed).slice(0, 40)} is refused at its field`, () => {
    const refusal = catching(() => tagsFrom(typed))
    expect(refusal.fields).toEqual([{ pointer: '/tags', detail: expect.stringMatching(why) }])
  })
}

test('fifty emojis are fifty characters, and eleven words of one key one tag', () => {
  expect(tagsFrom([`a${'🗼'.repeat(49)}`]).tags).toHaveLength(1)
  expect(tagsFrom(Array.from({ length: 11 }, () => 'Sea')).tags).toEqual(['Sea'])
})

function catching(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('nothing was refused')
}
