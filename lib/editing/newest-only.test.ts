import { expect, test } from '@playwright/test'
import { newestOnly } from '@/lib/editing/newest-only'

test('one at a time, the newest last, and what came between never', async () => {
  const open: Record<string, () => void> = {}
  const seen: string[] = []
  const begun: string[] = []
  const ask = newestOnly(
    (input: string) => {
      begun.push(input)
      return new Promise<string>((resolve) => {
        open[input] = () => resolve(input)
      })
    },
    (output) => seen.push(output),
  )
  for (const input of ['one', 'two', 'three']) ask(input)
  expect(begun).toEqual(['one'])
  open.one?.()
  await expect.poll(() => begun).toEqual(['one', 'three'])
  open.three?.()
  await expect.poll(() => seen).toEqual(['one', 'three'])
  ask('four')
  expect(begun).toEqual(['one', 'three', 'four'])
})
