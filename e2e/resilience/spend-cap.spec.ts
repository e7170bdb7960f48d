import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { lookWhile } from '../fixtures/look-while'
import { expectProblem } from '../fixtures/problem'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'
import { apiWith } from '../fixtures/test'

const port = SPARE_PORT + 8
const spent = 'SELECT credits FROM daily_spend'

test('the day’s cap holds over all users, keys and visitors, and counts what was delivered', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'cap-'))
  const env = { DATA_DIR: dataDir, AI_BASE_URL: `${MODEL.url}/v1`, SPEND_CAP_CREDITS_PER_DAY: '10' }
  const product = await startProduct(port, env)
  const people = await Promise.all(Array.from({ length: 8 }, () => createStranger(dataDir, product.url)))
  const calls = people.flatMap(({ api }) =>
    Array.from(
      { length: 4 },
      (_, n) => () => api('/api/generate', { method: 'POST', json: { prompt: `A lighthouse ${n}` } }),
    ),
  )
  // Each holds 4 and settles at 1: at no instant may the holds and what was settled come to more than 10.
  let highest = 0
  const total = 'SELECT coalesce(sum(spend), 0)::int AS total FROM generations'
  const answers = await lookWhile(
    async () => {
      const [row] = await ask<{ total: number }>(dataDir, total)
      highest = Math.max(highest, row?.total ?? 0)
    },
    () => Promise.all(calls.map((call) => call())),
  )
  const accepted = answers.filter(({ status }) => status === 200)
  const refused = answers.filter(({ status }) => status === 429)
  expect(accepted.length + refused.length).toBe(32)
  expect(accepted.length).toBeGreaterThanOrEqual(2)
  expect(highest).toBeLessThanOrEqual(10)
  const problem = await expectProblem(refused[0] as Response, 'spend_cap')
  expect(problem.detail).toContain('midnight UTC')
  expect(refused[0]?.headers.get('retry-after')).toBeTruthy()
  expect(await ask(dataDir, spent)).toEqual([{ credits: accepted.length }])

  // One credit at a time, up to the cap and not beyond, visitors included.
  const visitor = apiWith(null, product.url)
  for (let credits = accepted.length; credits < 10; credits++) {
    const api = credits === 9 ? visitor : people[0]?.api
    const answer = await api?.('/api/generate', {
      method: 'POST',
      json: { tool: 'titles', text: `A lamp ${credits}.` },
    })
    expect(answer?.status).toBe(200)
  }
  for (const api of [visitor, people[0]?.api]) {
    const answer = await api?.('/api/generate', {
      method: 'POST',
      json: { tool: 'titles', text: 'One more lamp.' },
    })
    await expectProblem(answer as Response, 'spend_cap')
  }
  expect(await ask(dataDir, spent)).toEqual([{ credits: 10 }])
  for (const { userId } of people) {
    const { credits, ledger } = await booksOf(dataDir, userId)
    expect(credits).toBe(ledger)
  }
})

test('a cap that is set in the middle of a day counts what was spent before', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'cap-later-'))
  const env = { DATA_DIR: dataDir, AI_BASE_URL: `${MODEL.url}/v1` }
  const before = await startProduct(port, env)
  const { api } = await createStranger(dataDir, before.url)
  const json = { tool: 'titles', text: 'A lamp.' }
  for (let n = 0; n < 3; n++) expect((await api('/api/generate', { method: 'POST', json })).status).toBe(200)
  before.kill('SIGTERM')
  await before.exited

  await startProduct(port, { ...env, SPEND_CAP_CREDITS_PER_DAY: '4' })
  expect((await api('/api/generate', { method: 'POST', json })).status).toBe(200)
  await expectProblem(await api('/api/generate', { method: 'POST', json }), 'spend_cap')
})
