import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { createKeyFor, createPerson } from '../fixtures/factories'
import type { GenerationBody } from '../fixtures/generations'
import { modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'
import { tracesOf, usesOf } from '../fixtures/traces'

const answers = [
  {
    name: 'a draft, the default tool',
    json: { prompt: 'A keeper' },
    tool: 'draft',
    held: 4,
    result: /^# The Light/,
  },
  {
    name: 'a rewrite',
    json: { tool: 'rewrite', prompt: 'Shorter', text: 'Long.' },
    held: 2,
    result: /^Marta/,
  },
  { name: 'a summary', json: { tool: 'summarize', text: 'Long.' }, held: 1, result: /thirty years/ },
  {
    name: 'a summary of the prompt',
    json: { tool: 'summarize', prompt: 'Long.' },
    held: 1,
    result: /thirty/,
  },
  { name: 'titles', json: { tool: 'titles', text: 'Long.' }, held: 1, result: /^(.+\n){4}.+$/ },
]

for (const { name, json, held, result, tool = json.tool } of answers) {
  test(`answers ${name}`, async ({ api, writer }) => {
    const answer = await api('/api/generate', { method: 'POST', json })
    const body = (await answer.json()) as GenerationBody
    expect(answer.status, JSON.stringify(body)).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      status: 'succeeded',
      tool,
      result: expect.stringMatching(result),
      model: 'test-model',
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
      credits: { held, charged: 1, balance: 19 },
    })
    await expectBooksToBalance(writer.userId, 19)
    expect(await usesOf(writer.userId, tool ?? '')).toBe(1)
    expect(await (await api(`/api/generate/${body.id}`)).json()).toEqual(body)
  })
}

const charges = [
  { tokens: '[[tokens:400]]', charged: 1 },
  { tokens: '[[tokens:401]]', charged: 2 },
  { tokens: '[[tokens:1600]]', charged: 4 },
  { tokens: '[[tokens:99999]]', charged: 4 },
  { tokens: '[[no-usage]]', charged: 1 },
  { tokens: '[[zero-usage]]', charged: 1 },
  { tokens: '[[length]]', charged: 1 },
  { tokens: '[[finish:eos]]', charged: 1 },
]

for (const { tokens, charged } of charges) {
  test(`charges ${charged} for ${tokens}, 1 per started 400 tokens and at most the hold`, async ({
    api,
    writer,
  }) => {
    const answer = await api('/api/generate', { method: 'POST', json: { prompt: `A keeper ${tokens}` } })
    expect((await answer.json()) as GenerationBody).toMatchObject({
      status: 'succeeded',
      credits: { held: 4, charged, balance: 20 - charged },
    })
    await expectBooksToBalance(writer.userId, 20 - charged)
  })
}

const invalid: { name: string; json: unknown; pointers: string[] }[] = [
  { name: 'no prompt for a draft', json: {}, pointers: ['/prompt'] },
  { name: 'a blank prompt', json: { prompt: ' \n ' }, pointers: ['/prompt'] },
  { name: 'a rewrite of nothing', json: { tool: 'rewrite' }, pointers: ['/prompt', '/text'] },
  { name: 'a summary of nothing', json: { tool: 'summarize' }, pointers: ['/text'] },
  { name: 'a tool that is none', json: { tool: 'translate', prompt: 'A' }, pointers: ['/tool'] },
  { name: 'a number for a prompt', json: { prompt: 7 }, pointers: ['/prompt'] },
  { name: 'null for a text', json: { prompt: 'A', text: null }, pointers: ['/text'] },
  { name: 'a prompt that is too long', json: { prompt: 'a'.repeat(8_001) }, pointers: ['/prompt'] },
  { name: 'a text that is too long', json: { prompt: 'a', text: 'a'.repeat(100_001) }, pointers: ['/text'] },
  { name: 'an unknown field', json: { prompt: 'A', 'temp~/x': 1 }, pointers: ['/temp~0~1x'] },
  { name: 'a project that is no id', json: { prompt: 'A', projectId: 'mine' }, pointers: ['/projectId'] },
  { name: 'NUL in the prompt', json: { prompt: 'A\0' }, pointers: ['/prompt'] },
  { name: 'half a character', json: { prompt: 'A', text: 'A\ud83d' }, pointers: ['/text'] },
  { name: 'a list', json: [], pointers: [''] },
  { name: 'null', json: null, pointers: [''] },
]

for (const { name, json, pointers } of invalid) {
  test(`refuses ${name}, and leaves no trace`, async ({ api, writer }) => {
    const before = await tracesOf(writer.userId)
    const problem = await expectProblem(await api('/api/generate', { method: 'POST', json }), 'invalid')
    expect(pointersOf(problem)).toEqual(pointers)
    expect(await tracesOf(writer.userId)).toEqual(before)
  })
}

test('a dry run tells the price and what is left, and nothing happens', async ({ api, writer }) => {
  const before = await tracesOf(writer.userId)
  const words = uniqueWords()
  const answer = await api('/api/generate?dryRun=1', { method: 'POST', json: { prompt: words } })
  expect(answer.status).toBe(200)
  const body = (await answer.json()) as { resetsAt: string }
  expect(body).toEqual({
    tool: 'draft',
    hold: 4,
    balance: 20,
    dailyLimit: 20,
    used: 0,
    resetsAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/),
  })
  const ahead = Date.parse(body.resetsAt) - Date.now()
  expect(ahead).toBeGreaterThan(0)
  expect(ahead).toBeLessThanOrEqual(86_400_000)
  expect(await tracesOf(writer.userId)).toEqual(before)
  expect(await modelCallsWith(words)).toBe(0)
})

test('a dry run refuses what the run would refuse as invalid', async ({ api }) => {
  await expectProblem(await api('/api/generate?dryRun=1', { method: 'POST', json: {} }), 'invalid')
  const answer = await api('/api/generate?dryRun=perhaps', { method: 'POST', json: { prompt: 'A' } })
  expect(pointersOf(await expectProblem(answer, 'invalid'))).toEqual(['/dryRun'])
})

test('a dry run is JSON, also for who asks as for the text', async ({ api }) => {
  for (const Accept of ['text/event-stream', 'text/event-stream, */*;q=0.1']) {
    const call = { method: 'POST', json: { prompt: 'A' }, headers: { Accept } }
    const answer = await api('/api/generate?dryRun=1', call)
    expect(answer.headers.get('content-type'), Accept).toBe('application/json')
    expect(await answer.json()).toMatchObject({ hold: 4 })
  }
  const call = { method: 'POST', json: { prompt: 'A' }, headers: { Accept: 'text/html' } }
  await expectProblem(await api('/api/generate?dryRun=1', call), 'not_acceptable')
})

test('a dry run refuses whoever the run would refuse, and in the same words', async ({ api }) => {
  const theirs = newId()
  const { userId } = await createPerson()
  await query(
    sql`INSERT INTO projects (id, owner_id, name, brief) VALUES (${theirs}, ${userId}, 'Theirs', '')`,
  )
  const refusals = [
    { who: api, json: { prompt: 'A', projectId: theirs }, code: 'not_found' },
    { who: api, json: { prompt: 'A', projectId: newId() }, code: 'not_found' },
    { who: apiWith(null), json: { prompt: 'A' }, code: 'unauthenticated' },
    { who: apiWith(null), json: { tool: 'titles', prompt: 'A', projectId: theirs }, code: 'not_found' },
  ] as const
  for (const { who, json, code } of refusals) {
    const answers = ['/api/generate?dryRun=1', '/api/generate'].map((path) =>
      who(path, { method: 'POST', json }),
    )
    const [dry, real] = await Promise.all(answers.map(async (one) => expectProblem(await one, code)))
    expect({ ...dry, requestId: '' }).toEqual({ ...real, requestId: '' })
  }
})

for (const [Accept, type] of [
  ['application/json, text/event-stream;q=0.1', 'application/json'],
  ['application/json;q=0, */*', 'text/event-stream; charset=utf-8'],
  ['text/*', 'text/event-stream; charset=utf-8'],
] as const) {
  test(`Accept: ${Accept} is answered as ${type}`, async ({ api }) => {
    const call = { method: 'POST', json: { tool: 'titles', text: 'A' }, headers: { Accept } }
    const answer = await api('/api/generate', call)
    expect(answer.headers.get('content-type')).toBe(type)
    await answer.text()
  })
}

test('an unlimited tier is never refused and still counted', async () => {
  const person = await createPerson({ tier: 'unlimited' })
  const api = apiWith(await createKeyFor(person))
  expect((await api('/api/generate', { method: 'POST', json: { tool: 'titles', text: 'A' } })).status).toBe(
    200,
  )
  const quote = await api('/api/generate?dryRun=true', {
    method: 'POST',
    json: { tool: 'titles', text: 'A' },
  })
  expect(await quote.json()).toMatchObject({ dailyLimit: -1, used: 1, balance: 19 })
})
