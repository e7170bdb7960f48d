import { randomUUID } from 'node:crypto'
import { grant } from '@/lib/services/credits'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { acceptOnly, close, succeeded } from '../fixtures/generations'
import { expect, test } from '../fixtures/own-database'
import { tracesOf } from '../fixtures/traces'

type Refused = { code?: string; constraint?: string }

async function refusalOf(statement: Promise<unknown>): Promise<Refused> {
  try {
    await statement
  } catch (error) {
    const { code, constraint } = error as Refused
    return { ...(code ? { code } : {}), ...(constraint ? { constraint } : {}) }
  }
  throw new Error('the database accepted it')
}

// On a database of its own: TRUNCATE waits for every other statement, and they for it.
test('the ledger is append-only, whoever asks', async ({ writer }) => {
  const before = await tracesOf(writer.userId)
  expect(before.entries).toBe(1)
  const changes = [
    sql`UPDATE ledger_entries SET amount = 1000 WHERE user_id = ${writer.userId}`,
    sql`UPDATE ledger_entries SET reason = 'better' WHERE user_id = ${writer.userId}`,
    sql`DELETE FROM ledger_entries WHERE user_id = ${writer.userId}`,
    sql`TRUNCATE ledger_entries`,
    sql`TRUNCATE users CASCADE`,
  ]
  // 23001: restrict_violation, which our trigger raises.
  for (const change of changes) expect(await refusalOf(query(change)), change.text).toEqual({ code: '23001' })
  expect(await tracesOf(writer.userId)).toEqual(before)
})

test('a user with entries can’t be deleted', async ({ writer }) => {
  const refusal = await refusalOf(query(sql`DELETE FROM users WHERE id = ${writer.userId}`))
  expect(refusal.constraint).toBe('ledger_entries_user_id_fkey')
  expect((await tracesOf(writer.userId)).credits).toBe(20)
})

test('no statement takes a balance below zero', async ({ writer }) => {
  const refusal = await refusalOf(
    query(sql`UPDATE users SET credits = credits - 21 WHERE id = ${writer.userId}`),
  )
  expect(refusal).toEqual({ code: '23514', constraint: 'users_credits_check' })
  await expectBooksToBalance(writer.userId, 20)
})

test('no statement holds or closes a generation twice', async ({ writer }) => {
  const { id } = await acceptOnly(writer)
  const insert = (kind: string, amount: number) =>
    query(sql`
      INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason)
      VALUES (${writer.userId}, ${kind}::ledger_kind, ${amount}, 0, ${id}, 'again')`)
  expect(await refusalOf(insert('hold', -4))).toMatchObject({ constraint: 'ledger_entries_one_hold' })
  await close({ id, fence: 1 }, succeeded)
  for (const kind of ['settle', 'release'])
    expect(await refusalOf(insert(kind, 0))).toMatchObject({ constraint: 'ledger_entries_one_close' })
  expect(await refusalOf(insert('grant', 5))).toMatchObject({ constraint: 'ledger_entries_generation' })
  expect(await refusalOf(insert('settle', -1))).toMatchObject({ constraint: 'ledger_entries_sign' })
  await expectBooksToBalance(writer.userId, 19)
})

test('a grant with a reference, asked for 32 times at once, is given once', async ({ writer }) => {
  const gift = { userId: writer.userId, amount: 7, reason: 'Paid', ref: `order-${randomUUID()}` }
  const balances = await Promise.all(Array.from({ length: 32 }, () => grant(gift)))
  expect(balances.filter((balance) => balance !== null)).toEqual([27])
  expect(await grant({ ...gift, amount: 700 })).toBeNull()
  expect(await tracesOf(writer.userId)).toMatchObject({ credits: 27, entries: 2 })
  await expectBooksToBalance(writer.userId, 27)
})

test('grants without a reference at once are all given', async ({ writer }) => {
  const gift = { userId: writer.userId, amount: 1, reason: 'Thanks' }
  const balances = await Promise.all(Array.from({ length: 32 }, () => grant(gift)))
  expect(balances.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, n) => 21 + n))
  await expectBooksToBalance(writer.userId, 52)
})

for (const amount of [0, -5, 1.5, Number.NaN]) {
  test(`${amount} credits are no grant`, async ({ writer }) => {
    await expect(grant({ userId: writer.userId, amount, reason: 'No' })).rejects.toThrow(RangeError)
    await expectBooksToBalance(writer.userId, 20)
  })
}

test('a grant to nobody is no grant', async () => {
  await expect(grant({ userId: randomUUID(), amount: 5, reason: 'No' })).rejects.toMatchObject({
    code: 'not_found',
  })
})
