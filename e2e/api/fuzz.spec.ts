import fc from 'fast-check'
import { expectBooksToBalance } from '../fixtures/books'
import { anyRequest } from '../fixtures/fuzz/requests'
import { expect, test } from '../fixtures/fuzz/test'
import { rawCall } from '../fixtures/raw-http'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400)
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
/** How long looking for a failure, and then for the shortest way to it, may take, in milliseconds. */
const PATIENCE = 60_000 + REQUESTS * 200

test.describe.configure({ timeout: PATIENCE + 60_000 })

test('whatever is sent, the API answers as its document has it', async ({ send, statuses, writer }, info) => {
  const started = performance.now()
  const property = fc.asyncProperty(anyRequest(), send)
  const plugins = [fc.interruptAfterTimeLimit(PATIENCE)]
  try {
    await fc.assert(property, { seed: SEED, numRuns: REQUESTS, plugins })
  } finally {
    const counts = [...statuses].sort().map(([status, count]) => `${status}: ${count}`)
    const seconds = Math.round((performance.now() - started) / 1_000)
    const description = `seed ${SEED}, ${seconds} s, ${counts.join(', ')}`
    info.annotations.push({ type: 'fuzz', description })
    if (process.env.FUZZ_REQUESTS) process.stdout.write(`${description}\n`)
  }
  // What is refused at the door proves little: much of it must have come through.
  const taken = [...statuses].flatMap(([status, count]) => (status.startsWith('2') ? [count] : []))
  expect(taken.reduce((all, count) => all + count, 0)).toBeGreaterThan(REQUESTS / 20)
  expect((await rawCall('/api/health?ready=1')).status).toBe(200)
  await expect(() => expectBooksToBalance(writer.userId)).toPass()
})
