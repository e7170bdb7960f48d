import { SCOPES } from '@/lib/schemas/api-keys'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { createKeyFor, createPerson } from '../fixtures/factories'
import type { GenerationBody } from '../fixtures/generations'
import { expectProblem } from '../fixtures/problem'
import { type Api, apiWith, expect, test } from '../fixtures/test'

const titles = (api: Api, more = '') =>
  api('/api/generate', { method: 'POST', json: { tool: 'titles', text: `A keeper of a lighthouse ${more}` } })

/** What the keys of this person have spent of their budgets, and what their generations come to. */
async function spentBy(userId: string): Promise<{ spent: number; generations: number }> {
  const [row] = await query<{ spent: number; generations: number }>(sql`
    SELECT sum(k.spent)::int AS spent, (
      SELECT coalesce(sum(g.spend), 0)::int FROM generations g JOIN api_keys ON api_keys.id = g.api_key_id
      WHERE api_keys.user_id = ${userId}
    ) AS generations FROM api_keys k WHERE user_id = ${userId}`)
  if (!row) throw new Error('this person has no key')
  return row
}

test('64 at once on a budget of 5 buy 5, whatever the owner has', async () => {
  const owner = await createPerson({ tier: 'unlimited', credits: 1_000 })
  const api = apiWith(await createKeyFor(owner, SCOPES, 5))
  const answers = await Promise.all(Array.from({ length: 64 }, () => titles(api)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(5)
  expect(statuses.filter((status) => status === 402)).toHaveLength(59)
  expect(await spentBy(owner.userId)).toEqual({ spent: 5, generations: 5 })
  await expectBooksToBalance(owner.userId, 995)
})

test('what a budget lacks is said, and leaves no trace', async () => {
  const owner = await createPerson({ credits: 20 })
  const key = await createKeyFor(owner, SCOPES, 3)
  const refused = await apiWith(key)('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' } })
  const problem = await expectProblem(refused, 'insufficient_credits')
  expect(problem).toMatchObject({ needed: 4, available: 3 })
  expect(problem.detail).toContain('budget')
  expect(await spentBy(owner.userId)).toEqual({ spent: 0, generations: 0 })
  await expectBooksToBalance(owner.userId, 20)
  // Another key of the same owner is not held back by it.
  const other = apiWith(await createKeyFor(owner))
  expect((await titles(other)).status).toBe(200)
})

test('what is not delivered goes back to the budget', async () => {
  const owner = await createPerson({ credits: 20 })
  const api = apiWith(await createKeyFor(owner, SCOPES, 4))
  const failed = await api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse [[fail:500]]' } })
  expect(failed.status).toBe(502)
  expect(await spentBy(owner.userId)).toEqual({ spent: 0, generations: 0 })
  const delivered = await api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' } })
  expect(((await delivered.json()) as GenerationBody).credits).toEqual({ held: 4, charged: 1, balance: 19 })
  expect(await spentBy(owner.userId)).toEqual({ spent: 1, generations: 1 })
  await expectBooksToBalance(owner.userId, 19)
})

test('a budget does not lend: the owner’s balance is the other limit', async () => {
  const owner = await createPerson({ credits: 2 })
  const api = apiWith(await createKeyFor(owner, SCOPES, 100))
  const refused = await api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' } })
  expect(await expectProblem(refused, 'insufficient_credits')).toMatchObject({ needed: 4, available: 2 })
  expect(await spentBy(owner.userId)).toEqual({ spent: 0, generations: 0 })
})
