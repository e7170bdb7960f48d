import { expect, test } from '@playwright/test'
import { inTurn } from '@/lib/providers/images/turns'

/** Work that goes on until it is told to end, and says that it has begun. */
function work(begun: string[], name: string) {
  const { promise, resolve: end } = Promise.withResolvers<void>()
  return {
    end,
    run: async () => {
      begun.push(name)
      await promise
    },
  }
}

test('an upload comes before every copy that waits, and past so many no copy waits at all', async () => {
  const begun: string[] = []
  const first = ['a', 'b', 'c'].map((name) => work(begun, name))
  const all = first.map(({ run }) => inTurn('copy', 1, run))
  const later = Array.from({ length: 24 }, (_, n) => work(begun, `later ${n}`))
  // Those that have their turn wait no more.
  await expect.poll(() => begun).toEqual(['a', 'b', 'c'])
  all.push(...later.map(({ run }) => inTurn('copy', 1, run)))
  await expect(inTurn('copy', 1, async () => {})).rejects.toMatchObject({
    code: 'unavailable',
    retryAfter: expect.any(Number),
  })
  const upload = work(begun, 'upload')
  all.push(inTurn('upload', 1, upload.run))
  first[0]?.end()
  await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'upload'])
  for (const { end } of [...first, upload, ...later]) end()
  await Promise.all(all)
  // A copy whose work failed leaves its place to others, too.
  await expect(inTurn('copy', 1, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await inTurn('copy', 50_000_000, async () => 'made')).toBe('made')
})
