import { giveAllowances } from '@/lib/services/allowances'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { createPerson } from '../fixtures/factories'
import { expect, test } from '../fixtures/own-database'

// One after the other: each of them is about all the accounts that there are.
test.describe.configure({ mode: 'default' })

async function setAllowances(allowances: Record<string, number>): Promise<void> {
  for (const [tier, credits] of Object.entries(allowances))
    await query(sql`UPDATE tier_policies SET monthly_allowance = ${credits} WHERE tier = ${tier}::"tier"`)
}

const giftsOf = (userId: string) =>
  query<{ amount: number; reason: string; ref: string }>(sql`
    SELECT amount, reason, ref FROM ledger_entries WHERE user_id = ${userId} AND kind = 'grant' ORDER BY id`)

test.beforeEach(async () => {
  await setAllowances({ free: 0, pro: 0, unlimited: 0 })
  // Nobody of an earlier test gets anything: their gifts for these months have been given.
  await query(sql`UPDATE users SET tier = 'free'`)
})

test('nothing is given where nothing is set', async () => {
  const writer = await createPerson({ credits: 0 })
  expect(await giveAllowances('2031-01')).toBe(0)
  expect(await giftsOf(writer.userId)).toEqual([])
})

test('32 at once give each account its tier’s allowance once, and again next month', async () => {
  const people = await Promise.all([
    createPerson({ credits: 0 }),
    createPerson({ credits: 3, tier: 'pro' }),
    createPerson({ credits: 3, tier: 'pro' }),
    createPerson({ credits: 0, tier: 'unlimited' }),
  ])
  await setAllowances({ pro: 100, unlimited: 7 })
  const given = await Promise.all(Array.from({ length: 32 }, () => giveAllowances('2031-02')))
  expect(given.reduce((sum, one) => sum + one)).toBe(3)
  const balances = [0, 103, 103, 7]
  for (const [index, { userId }] of people.entries()) await expectBooksToBalance(userId, balances[index])
  expect(await giftsOf(people[3]?.userId ?? '')).toEqual([
    { amount: 7, reason: 'Monthly allowance', ref: 'allowance:2031-02' },
  ])

  expect(await giveAllowances('2031-02')).toBe(0)
  expect(await giveAllowances('2031-03')).toBe(3)
  for (const [index, { userId }] of people.entries()) {
    await expectBooksToBalance(userId, [0, 203, 203, 14][index])
  }
})

test('an allowance changed in the middle of the month is for those who have not got theirs', async () => {
  const early = await createPerson({ credits: 0, tier: 'pro' })
  await setAllowances({ pro: 10 })
  expect(await giveAllowances('2031-04')).toBe(1)
  await setAllowances({ pro: 50 })
  const late = await createPerson({ credits: 0, tier: 'pro' })
  expect(await giveAllowances('2031-04')).toBe(1)
  await expectBooksToBalance(early.userId, 10)
  await expectBooksToBalance(late.userId, 50)

  // Another tier is no second allowance either.
  await setAllowances({ unlimited: 1_000 })
  await query(sql`UPDATE users SET tier = 'unlimited' WHERE id = ${early.userId}`)
  expect(await giveAllowances('2031-04')).toBe(0)
})

test('more accounts than are looked up at once all get theirs', async () => {
  await query(sql`
    INSERT INTO users (id, email, name, password_hash, tier)
    SELECT gen_random_uuid(), 'many-' || n || '@example.com', 'Many', '-', 'pro' FROM generate_series(1, 450) n`)
  await setAllowances({ pro: 2 })
  const given = await Promise.all([giveAllowances('2031-05'), giveAllowances('2031-05')])
  expect(given[0] + given[1]).toBe(450)
  const [row] = await query(sql`
    SELECT count(*)::int AS n FROM users WHERE email LIKE 'many-%' AND credits = 2
      AND (SELECT sum(amount) FROM ledger_entries WHERE user_id = users.id) = 2`)
  expect(row).toEqual({ n: 450 })
})

test('an account without room for it keeps nobody else from theirs', async () => {
  const [full, other] = [await createPerson({ tier: 'pro' }), await createPerson({ credits: 0, tier: 'pro' })]
  await query(sql`UPDATE users SET credits = 2147483647 WHERE id = ${full.userId}`)
  await setAllowances({ pro: 5 })
  expect(await giveAllowances('2031-06')).toBe(1)
  await expectBooksToBalance(other.userId, 5)
})
