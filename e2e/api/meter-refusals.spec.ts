import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { createCookieFor, createKeyFor, createPerson, type Person } from '../fixtures/factories'
import { uniqueWords } from '../fixtures/model-calls'
import { openForm } from '../fixtures/plain-form'
import { expectProblem } from '../fixtures/problem'
import { type Api, apiWith, expect, test } from '../fixtures/test'
import { setUses, tracesOf } from '../fixtures/traces'

const json = { prompt: 'A keeper' }
const post = (api: Api, headers: Record<string, string> = {}) =>
  api('/api/generate', { method: 'POST', json, headers })

test('what one credit short costs is told, and leaves no trace', async () => {
  const person = await createPerson({ credits: 3 })
  const before = await tracesOf(person.userId)
  const api = apiWith(await createKeyFor(person))
  const problem = await expectProblem(await post(api, { 'Idempotency-Key': 'poor' }), 'insufficient_credits')
  expect(problem).toMatchObject({ needed: 4, available: 3 })
  expect(await tracesOf(person.userId)).toEqual(before)
  // The refused attempt has not taken the key: with enough credits it is the first one.
  expect(
    (
      await api('/api/generate', {
        method: 'POST',
        json: { tool: 'titles', text: 'A' },
        headers: { 'Idempotency-Key': 'poor' },
      })
    ).status,
  ).toBe(200)
})

test('a spent daily limit is told with its facts, and leaves no trace', async ({ api, writer }) => {
  await setUses(writer.userId, 'draft', 20)
  const before = await tracesOf(writer.userId)
  const answer = await post(api, { 'Idempotency-Key': 'late' })
  const problem = await expectProblem(answer, 'daily_limit')
  expect(problem).toMatchObject({ limit: 20, used: 20, resetsAt: expect.stringMatching(/T00:00:00\.000Z$/) })
  const wait = Number(answer.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(86_400)
  expect(await tracesOf(writer.userId)).toEqual(before)
  // Another tool has a limit of its own, and the key is still free.
  const other = {
    method: 'POST',
    json: { tool: 'titles', text: 'A' },
    headers: { 'Idempotency-Key': 'late' },
  }
  expect((await api('/api/generate', other)).status).toBe(200)
})

test('yesterday’s uses do not count today', async ({ api, writer }) => {
  await setUses(writer.userId, 'draft', 20)
  await query(sql`UPDATE daily_uses SET day = day - 1 WHERE subject = ${writer.userId}::text`)
  expect((await post(api)).status).toBe(200)
})

type Refusal = {
  name: string
  code: Parameters<typeof expectProblem>[1]
  call: (person: Person) => Promise<Response>
}

const refusals: Refusal[] = [
  {
    name: 'without the scope',
    code: 'forbidden',
    call: async (person) => post(apiWith(await createKeyFor(person, ['posts:read', 'usage:read']))),
  },
  {
    name: 'from another site',
    code: 'cross_site',
    call: async (person) => {
      const { name, value } = await createCookieFor(person)
      return post(apiWith(null), { Cookie: `${name}=${value}`, 'Sec-Fetch-Site': 'cross-site' })
    },
  },
  {
    name: 'in a project that is not there',
    code: 'not_found',
    call: async (person) =>
      apiWith(await createKeyFor(person))('/api/generate', {
        method: 'POST',
        json: { ...json, projectId: newId() },
      }),
  },
  {
    name: 'when too many were sent',
    code: 'rate_limited',
    call: async (person) => {
      const key = await createKeyFor(person)
      await query(sql`
        INSERT INTO rate_limits (key, points, expire)
        SELECT 'api:' || id, 6000, ${Date.now() + 60_000} FROM api_keys WHERE user_id = ${person.userId}`)
      return post(apiWith(key))
    },
  },
  {
    name: 'as something that can’t be answered',
    code: 'not_acceptable',
    call: async (person) => post(apiWith(await createKeyFor(person)), { Accept: 'text/html' }),
  },
]

for (const { name, code, call } of refusals) {
  test(`a generation asked for ${name} leaves no trace`, async ({ writer }) => {
    const before = await tracesOf(writer.userId)
    await expectProblem(await call(writer), code)
    expect(await tracesOf(writer.userId)).toEqual(before)
  })
}

test('refusals through the form give what was typed back, and leave no trace', async () => {
  const person = await createPerson({ credits: 0 })
  const form = await openForm(person, '/dashboard/generate', 'attempt')
  const before = await tracesOf(person.userId)
  const prompt = uniqueWords()
  const answer = await form.submit({ tool: 'draft', prompt, text: '', projectId: '' })
  const html = await answer.text()
  expect(answer.status).toBe(200)
  expect(html).toContain('This needs 4 credits and 0 are available.')
  expect(html).toContain(prompt)
  expect(await tracesOf(person.userId)).toEqual(before)
})

test('a form sent from another site is a readable 403, and leaves no trace', async ({ writer }) => {
  const form = await openForm(writer, '/dashboard/generate', 'attempt')
  const before = await tracesOf(writer.userId)
  const values = { tool: 'draft', prompt: 'A keeper', text: '', projectId: '' }
  const foreign = [
    { Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'null' },
    {},
  ]
  for (const headers of foreign) {
    const answer = await form.submit(values, headers)
    expect(answer.status, JSON.stringify(headers)).toBe(403)
    expect(await answer.text()).toContain('another site')
  }
  expect(await tracesOf(writer.userId)).toEqual(before)
})
