import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor } from '../fixtures/factories'
import { expect, test } from '../fixtures/test'

/** What the editor's own JavaScript calls: by cookie, from our pages. */
function call(path: string, json: unknown, headers: Record<string, string>) {
  return fetch(`${PRODUCT.url}/dashboard/editor/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: JSON.stringify(json),
  })
}

const calls = [
  { path: 'render', json: { content: '# Hello' } },
  { path: 'generate', json: { intent: 'generate-draft', prompt: 'A lighthouse', quotes: 'draft:4' } },
]
for (const { path, json } of calls) {
  test(`editor/${path} is for who is logged in, on our own pages`, async ({ writer }) => {
    const { name, value } = await createCookieFor(writer)
    const cookie = { Cookie: `${name}=${value}` }
    const mayRead = { Authorization: `Bearer ${await createKeyFor(writer, ['posts:read'])}` }
    expect((await call(path, json, {})).status).toBe(401)
    expect((await call(path, json, mayRead)).status).toBe(403)
    expect((await call(path, json, { ...cookie, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect(await query(sql`SELECT FROM generations WHERE owner_id = ${writer.userId}`)).toEqual([])
    expect((await call(path, json, cookie)).status).toBe(200)
  })
}

test('a price that is not the one on the button is asked about, and what is missing is said at its field', async ({
  writer,
}) => {
  const { name, value } = await createCookieFor(writer)
  const ask = (json: object) => call('generate', json, { Cookie: `${name}=${value}` })
  const raised = await ask({ intent: 'generate-draft', prompt: 'A lighthouse', quotes: 'draft:3' })
  expect(raised.status).toBe(412)
  expect(await raised.json()).toMatchObject({ code: 'precondition_failed', price: 4 })
  for (const [json, pointer] of [
    [{ intent: 'generate-draft' }, '/prompt'],
    [{ intent: 'generate-rewrite', prompt: 'Shorter' }, '/passage'],
    [{ intent: 'generate-titles', content: '  ' }, '/content'],
    [{ intent: 'generate-summarize', content: 'x'.repeat(100_001) }, '/content'],
    [{ intent: 'generate-nothing' }, '/intent'],
    [{ intent: 'save' }, '/intent'],
  ] as const) {
    const answer = await ask(json)
    expect(answer.status, pointer).toBe(422)
    expect((await answer.json()).errors).toMatchObject([{ pointer }])
  }
  await expectBooksToBalance(writer.userId, 20)
})

test('many clicks at once are one generation and one charge', async ({ writer }) => {
  const { name, value } = await createCookieFor(writer)
  const json = { intent: 'generate-titles', content: 'Marta keeps the lamp.', generationAttempt: 'one' }
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => call('generate', json, { Cookie: `${name}=${value}` })),
  )
  const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).id))
  expect(new Set(ids).size).toBe(1)
  await expect
    .poll(() => query(sql`SELECT charged FROM generations WHERE owner_id = ${writer.userId}`))
    .toEqual([{ charged: 1 }])
  await expectBooksToBalance(writer.userId, 19)
})
