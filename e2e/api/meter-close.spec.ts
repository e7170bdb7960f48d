import { close, recordLateSettlement } from '@/lib/services/generations/close'
import { sweep } from '@/lib/services/generations/sweep'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { whileOpen } from '../fixtures/database'
import { acceptOnly, expire, readGeneration, succeeded } from '../fixtures/generations'
import { expect, test } from '../fixtures/test'
import { tracesOf, usesOf } from '../fixtures/traces'

const failed = { ...succeeded, status: 'failed', charge: 0, errorCode: 'provider_failed' } as const
const stopped = { ...succeeded, status: 'stopped' } as const

const outcomes = [
  { name: 'a success', outcome: { ...succeeded, charge: 3 }, charged: 3, used: 1 },
  { name: 'more than was held', outcome: { ...succeeded, charge: 99 }, charged: 4, used: 1 },
  { name: 'a stop', outcome: stopped, charged: 1, used: 1 },
  { name: 'a stop before anything came', outcome: { ...stopped, charge: 0 }, charged: 0, used: 1 },
  { name: 'a failure', outcome: failed, charged: 0, used: 0 },
]

for (const { name, outcome, charged, used } of outcomes) {
  test(`closing with ${name} settles once, whatever comes after`, async ({ api, writer }) => {
    const claim = await acceptOnly(writer)
    expect(await tracesOf(writer.userId)).toMatchObject({ credits: 16, entries: 2, uses: 1 })
    expect(await close(claim, outcome)).toBe(true)
    const after = { body: await readGeneration(api, claim.id), traces: await tracesOf(writer.userId) }
    expect(after.body.credits).toEqual({ held: 4, charged, balance: 20 - charged })
    expect(await usesOf(writer.userId, 'draft')).toBe(used)

    for (const again of [outcome, succeeded, failed, stopped]) {
      expect(await close(claim, again)).toBe(false)
      expect(await close({ ...claim, fence: claim.fence + 1 }, again)).toBe(false)
      expect(await close({ id: claim.id, expired: true }, again)).toBe(false)
    }
    expect({ body: await readGeneration(api, claim.id), traces: await tracesOf(writer.userId) }).toEqual(
      after,
    )
    await expectBooksToBalance(writer.userId, 20 - charged)
  })
}

test('of 16 that close at once, one does', async ({ writer }) => {
  const claim = await acceptOnly(writer)
  const closed = await Promise.all(
    Array.from({ length: 16 }, (_, n) => close(claim, n % 2 ? failed : { ...succeeded, charge: 2 })),
  )
  expect(closed.filter(Boolean)).toHaveLength(1)
  expect(await tracesOf(writer.userId)).toMatchObject({ entries: 3 })
  await expectBooksToBalance(writer.userId)
})

test('a stranger to the fence, and a lease that still runs, close nothing', async ({ api, writer }) => {
  const claim = await acceptOnly(writer)
  expect(await close({ ...claim, fence: claim.fence + 1 }, succeeded)).toBe(false)
  expect(await close({ id: claim.id, expired: true }, failed)).toBe(false)
  await sweep()
  expect((await readGeneration(api, claim.id)).status).toBe('running')
  expect(await close(claim, succeeded)).toBe(true)
})

test('sweepers at once close what outlived its lease once, and a late settle does nothing', async ({
  api,
  writer,
}) => {
  const claims = []
  for (let n = 0; n < 5; n++) claims.push(await acceptOnly(writer))
  expect(await tracesOf(writer.userId)).toMatchObject({ credits: 0, entries: 6, uses: 5 })
  for (const { id } of claims) await expire(id)
  await Promise.all(Array.from({ length: 8 }, () => sweep()))

  for (const claim of claims) {
    expect(await readGeneration(api, claim.id)).toMatchObject({ status: 'failed', credits: { charged: 0 } })
    expect(await close(claim, { ...succeeded, charge: 4 })).toBe(false)
  }
  expect(await tracesOf(writer.userId)).toMatchObject({ credits: 20, entries: 11, uses: 0 })
  await expectBooksToBalance(writer.userId, 20)
})

test('sweepers and settles that race close each generation once', async ({ writer }) => {
  const claims = []
  for (let n = 0; n < 5; n++) claims.push(await acceptOnly(writer))
  for (const { id } of claims) await expire(id)
  const settles = claims.map((claim) => close(claim, { ...succeeded, charge: 4 }))
  const [settled] = await Promise.all([Promise.all(settles), sweep(), sweep(), sweep()])
  const credits = 20 - 4 * settled.filter(Boolean).length
  expect(await tracesOf(writer.userId)).toMatchObject({ credits, entries: 11 })
  await expectBooksToBalance(writer.userId, credits)
})

for (const by of ['its runner', 'a sweeper'] as const) {
  test(`a failure that ${by} closes while text is being stored keeps its use`, async ({ api, writer }) => {
    const claim = await acceptOnly(writer)
    if (by === 'a sweeper') await expire(claim.id)
    await whileOpen<unknown>(
      async (store) => {
        await store(sql`SELECT FROM generations WHERE id = ${claim.id} FOR SHARE`)
        await store(
          sql`INSERT INTO generation_chunks (generation_id, seq, text) VALUES (${claim.id}, 1, 'The lamp')`,
        )
      },
      () => (by === 'a sweeper' ? sweep() : close(claim, failed)),
    )
    expect(await readGeneration(api, claim.id)).toMatchObject({ status: 'failed', result: 'The lamp' })
    expect(await usesOf(writer.userId, 'draft')).toBe(1)
    await expectBooksToBalance(writer.userId, 20)
  })
}

test('what came too late is written down once, and only of what has failed', async ({ writer }) => {
  const absorbed = (id: string) =>
    query(sql`SELECT reason, credits FROM absorbed_costs WHERE generation_id = ${id}`)
  const [delivered, swept] = [await acceptOnly(writer), await acceptOnly(writer)]
  // Settled, though its runner may not have heard so, and asks again.
  await close(delivered, succeeded)
  await close(swept, failed)
  for (const { id } of [delivered, swept, delivered, swept]) await recordLateSettlement(id, 3)
  expect(await absorbed(delivered.id)).toEqual([])
  expect(await absorbed(swept.id)).toEqual([{ reason: 'late', credits: 3 }])
})
