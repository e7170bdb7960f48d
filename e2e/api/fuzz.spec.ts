import fc from 'fast-check'
import { expectBooksToBalance } from '../fixtures/books'
import { judge } from '../fixtures/fuzz/judge'
import { messageOf } from '../fixtures/fuzz/message'
import { anyRequest, type Plan } from '../fixtures/fuzz/requests'
import { expect, test } from '../fixtures/fuzz/test'
import { reader } from '../fixtures/fuzz/values'
import { rawCall } from '../fixtures/raw-http'
import { seedFrom } from '../fixtures/seed'

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 400)
const SEED = seedFrom('FUZZ_SEED')
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

/** A request that is right, by the operation's id. */
function plan(id: string, over: Partial<Plan> = {}): Plan {
  const call = reader.calls.find((one) => one.id === id)
  if (!call) throw new Error(`there is no ${id}`)
  const none = { path: [], query: '', asker: 'nobody', headers: [], body: null, framing: 'declared' } as const
  return { ...none, headers: [], path: [], call, method: call.method, ...over }
}

test('a fault would be found, whichever it is', async () => {
  const answer = await rawCall('/api/health')
  const right = plan('readHealth')
  const judged = (given: Plan, over: Partial<typeof answer> | null) => () => {
    const message = messageOf({ ...given, target: `${given.call.path}?${given.query}` })
    judge(given, message, over && { ...answer, ...over })
  }
  expect(judged(right, {})).not.toThrow()
  expect(judged(right, null)).toThrow('it was not answered')
  expect(judged(right, { status: 500 })).toThrow('it failed with 500')
  expect(judged(right, { status: 201 })).toThrow('no such status')
  expect(judged(right, { text: '{}' })).toThrow('required property')
  expect(judged(right, { headers: new Headers(), text: answer.text })).toThrow('is missing')
  expect(judged(plan('readHealth', { query: 'ready=perhaps' }), {})).toThrow('it was taken')
  // What is no HTTP may be refused as such, but in no other way.
  const faulty = plan('readHealth', { framing: 'both' })
  expect(judged(faulty, null)).not.toThrow()
  expect(judged(faulty, { status: 400, text: '{}' })).toThrow('required property')
})
