import { awaitRoomInDay } from '@/e2e/fixtures/day'
import { createPerson } from '@/e2e/fixtures/factories'
import { acceptOnly, close, succeeded } from '@/e2e/fixtures/generations'
import { expect, test } from '@/e2e/fixtures/own-database'
import { newId } from '@/lib/ids'
import { grant } from '@/lib/services/credits'
import { accept } from '@/lib/services/generations/accept'
import { storeChunk } from '@/lib/services/generations/chunks'
import { recountSpend } from '@/lib/services/spend'
import { query, Sql, transaction } from '@/lib/sql'
import { checkAll } from './check'
import { appendOnly, BREAKS } from './check.breaks'
import { checkCalls, checkReplays, readStored } from './checks/replays'
import type { Violation } from './checks/violation'
import type { Ask } from './database'
import { type Ack, Journal } from './load/journal'

const limits = { cap: 100, graceMs: 5_000 }
const visitorOptions = {
  key: 'v',
  quoted: null,
  brief: '',
  leaseMs: 60_000,
  model: { name: 'test', basic: false },
}

/** One of each: a delivered, a failed, a running and a visitor's generation, a post’s place, a grant. */
async function makeHealthy(): Promise<{ userId: string; done: string }> {
  const person = await createPerson({ credits: 100 })
  await grant({ userId: person.userId, amount: 5, reason: 'A gift', ref: 'gift' })
  const done = await acceptOnly(person)
  await storeChunk(done, { seq: 1, text: 'A lamp' })
  await storeChunk(done, { seq: 2, text: ' burns.' })
  await close(done, succeeded)
  const failed = await acceptOnly(person)
  await close(failed, { ...succeeded, status: 'failed', charge: 0, errorCode: 'provider_failed' })
  await acceptOnly(person)
  const input = { tool: 'titles', prompt: '', text: 'A lamp' } as const
  await accept({ visitor: 'a'.repeat(32) }, input, { ...visitorOptions, id: newId() })
  // The one request that all of these made was four.
  await query(new Sql('UPDATE generations SET prompt = id::text', []))
  await recountSpend()
  return { userId: person.userId, done: done.id }
}

let healthy: { userId: string; done: string } | undefined
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  await awaitRoomInDay(test.info())
  healthy = await makeHealthy()
})

/** Breaks things in a transaction that is undone, so that the next test finds them whole. */
async function checkBroken(
  statements: string[],
  journal = new Journal(),
  check = (ask: Ask): Promise<Violation[]> => checkAll(ask, limits, journal),
) {
  let found: Violation[] = []
  const undone = new Error('undone')
  await transaction(async (inside) => {
    const ask: Ask = <Row extends object>(text: string, values: unknown[] = []) =>
      inside<Row & Record<string, unknown>>(new Sql(text, values)) as Promise<Row[]>
    for (const statement of statements) await ask(statement)
    found = await check(ask)
    throw undone
  }).catch((error) => {
    if (error !== undone) throw error
  })
  return found
}

test('nothing is found where nothing is wrong', async () => {
  expect(await checkBroken([])).toEqual([])
})

for (const { invariant, what, by, statements } of BREAKS) {
  test(`finds ${by}: ${invariant}, ${what}`, async () => {
    const found = await checkBroken(statements)
    expect(found).toContainEqual({ invariant, what: expect.stringContaining(what), ids: expect.anything() })
  })
}

const ack = (over: Partial<Ack>): Ack => ({
  subject: 'a',
  key: 'k',
  body: '',
  id: healthy?.done ?? '',
  http: 200,
  code: null,
  sentAt: 1,
  answeredAt: 2,
  outcome: { status: 'succeeded', held: 4, charged: 1, balance: 104, result: 'A lamp burns.' },
  ...over,
})

test('what was told and is stored so is no violation', async () => {
  const journal = new Journal()
  journal.acks.push(ack({}), ack({ outcome: null, code: 'in_progress' }))
  journal.grants.push({ userId: healthy?.userId ?? '', ref: 'gift' })
  const chunks = [{ seq: 2, text: ' burns.' }]
  journal.readings.push({ id: healthy?.done ?? '', after: 1, chunks, ended: true, sentAt: 1 })
  expect(await checkBroken([], journal)).toEqual([])
})

test('what was told and is not stored so is found', async () => {
  const journal = new Journal()
  const id = newId()
  journal.acks.push(
    ack({}),
    ack({ outcome: { ...(ack({}).outcome as NonNullable<Ack['outcome']>), charged: 2 } }),
  )
  journal.acks.push(
    ack({ id, outcome: null }),
    ack({ id: null, code: 'daily_limit', outcome: null, sentAt: 9 }),
  )
  journal.posts.push({ id, key: 'p', subject: 'a', title: 'Lost' })
  journal.grants.push({ userId: id, ref: 'never given' })
  const seen = (...chunks: { seq: number; text: string }[]) => ({
    id: healthy?.done ?? '',
    after: 0,
    chunks,
    sentAt: 1,
  })
  journal.readings.push({ ...seen({ seq: 2, text: ' burns.' }), ended: false })
  journal.readings.push({ ...seen({ seq: 1, text: 'A lamp' }, { seq: 1, text: 'A lamp' }), ended: false })
  journal.readings.push({ ...seen({ seq: 1, text: 'A lamp' }), ended: true })
  journal.surprises.push({ what: 'internal', detail: 'a mistake of ours' })
  // What broken things excuse is excused no longer when nothing breaks.
  const calm = { outcome: null, id: null, sentAt: 20 }
  journal.acks.push(ack({ ...calm, key: 'l', sentAt: 10, http: 503, code: 'unavailable' }))
  journal.readings.push({ ...seen(), sentAt: 10, ended: false })
  journal.acks.push(ack({ key: 'l' }), ack({ ...calm, key: 'l', http: 503, code: 'unavailable' }))
  journal.readings.push({ ...seen(), sentAt: 20, ended: false })
  journal.calmSince = 20

  const found = await checkBroken([], journal)
  expect(found.map(({ invariant, what }) => `${invariant}: ${what}`)).toEqual([
    'lost: an acknowledged generation is missing (1)',
    'lost: an acknowledged post is missing or doubled (1)',
    'M9: an acknowledged grant was not given once (1)',
    'answer: an answer differs from what is stored (1)',
    'M5: one attempt key was answered with two generations (1)',
    'M5: an accepted attempt key was refused afterwards (2)',
    'text: a stream showed what is not stored (3)',
    'text: a stream had no end where nothing broke (1)',
    'answer: an error of the server where nothing broke (1)',
    'answer: an answer that no fault excuses (1)',
  ])
})

for (const [what, statement] of [
  ['a generation', `UPDATE generations SET model = 'another' WHERE status = 'succeeded'`],
  ['its text', `UPDATE generation_chunks SET text = 'A lamp is out.' WHERE seq = 1`],
  ['an entry', `UPDATE ledger_entries SET reason = 'Another' WHERE kind = 'settle'`],
] as const) {
  test(`finds that a replay changed ${what}`, async () => {
    let before = new Map<string, string>()
    await checkBroken([], new Journal(), async (ask) => {
      before = await readStored(ask)
      expect(await checkReplays(ask, before)).toEqual([])
      return []
    })
    expect(before.size).toBeGreaterThan(0)
    const found = await checkBroken([appendOnly, statement], new Journal(), (ask) =>
      checkReplays(ask, before),
    )
    expect(found).toEqual([
      { invariant: 'M5', what: 'a replay changed what was there (1)', ids: [healthy?.done] },
    ])
  })
}

test('finds that a request made two calls to the provider', () => {
  expect(checkCalls(['one', 'two'])).toEqual([])
  const what = 'one request made two calls to the provider (1)'
  expect(checkCalls(['one', 'two', 'one'])).toEqual([{ invariant: 'M5', what, ids: ['one'] }])
})
