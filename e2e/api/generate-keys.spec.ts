import { randomUUID } from 'node:crypto'
import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { createKeyFor, createPerson } from '../fixtures/factories'
import type { GenerationBody } from '../fixtures/generations'
import { makeGate, modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { openForm } from '../fixtures/plain-form'
import { expectProblem } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'
import { tracesOf } from '../fixtures/traces'

test('the same key and body answer the same, once made and once charged', async ({ api, writer }) => {
  const words = uniqueWords()
  const call = { method: 'POST', json: { prompt: words }, headers: { 'Idempotency-Key': 'once' } }
  const first = await api('/api/generate', call)
  const body = await first.text()
  expect(first.status).toBe(200)
  // What happens in between does not change what the first answer said.
  await api('/api/generate', { method: 'POST', json: { tool: 'titles', text: 'A' } })
  const again = await api('/api/generate', call)
  expect({ status: again.status, body: await again.text() }).toEqual({ status: 200, body })
  // Quoted as a structured field it is the same key.
  const quoted = await api('/api/generate', { ...call, headers: { 'Idempotency-Key': '"once"' } })
  expect(await quoted.text()).toBe(body)
  expect(await modelCallsWith(words)).toBe(1)
  expect(await tracesOf(writer.userId)).toMatchObject({ generations: 2, attempts: 2, entries: 5 })
})

test('a failure is repeated as it was, and the model is not asked again', async ({ api, writer }) => {
  const words = uniqueWords()
  const call = {
    method: 'POST',
    json: { prompt: `${words} [[fail:500]]` },
    headers: { 'Idempotency-Key': 'f' },
  }
  const first = await expectProblem(await api('/api/generate', call), 'provider_failed')
  const again = await expectProblem(await api('/api/generate', call), 'provider_failed')
  expect(again).toEqual({ ...first, requestId: again.requestId })
  expect(await modelCallsWith(words)).toBe(1)
  await expectBooksToBalance(writer.userId, 20)
})

const others = [
  { name: 'prompt', json: { prompt: 'Another' } },
  { name: 'tool', json: { tool: 'summarize', prompt: 'A keeper' } },
  { name: 'text', json: { prompt: 'A keeper', text: 'more' } },
]

for (const { name, json } of others) {
  test(`the same key with another ${name} is refused`, async ({ api, writer }) => {
    const headers = { 'Idempotency-Key': randomUUID() }
    await api('/api/generate', { method: 'POST', json: { prompt: 'A keeper' }, headers })
    const before = await tracesOf(writer.userId)
    await expectProblem(await api('/api/generate', { method: 'POST', json, headers }), 'key_reused')
    expect(await tracesOf(writer.userId)).toEqual(before)
  })
}

test('a key that made a post makes no generation', async ({ api }) => {
  const headers = { 'Idempotency-Key': 'shared' }
  const post = await api('/api/posts', { method: 'POST', json: { title: 'A', content: '' }, headers })
  expect(post.status).toBe(201)
  await expectProblem(
    await api('/api/generate', { method: 'POST', json: { prompt: 'A' }, headers }),
    'key_reused',
  )
})

test('while the first still runs, a repeat is told where its answer will be', async ({ api, writer }) => {
  const { marker, open } = makeGate()
  const call = {
    method: 'POST',
    json: { prompt: `A keeper ${marker}` },
    headers: { 'Idempotency-Key': 'slow' },
  }
  const first = api('/api/generate', call)
  await expect.poll(async () => (await tracesOf(writer.userId)).generations).toBe(1)
  const told = await api('/api/generate', call)
  await expectProblem(told, 'in_progress')
  const location = told.headers.get('location') ?? ''
  await open()
  const body = (await (await first).json()) as GenerationBody
  expect(location).toBe(`/api/generate/${body.id}`)
  expect(await (await api(location)).json()).toEqual(body)
})

test('a repeat is answered when its project is gone', async ({ api, writer }) => {
  const projectId = newId()
  await query(sql`
    INSERT INTO projects (id, owner_id, name, brief) VALUES (${projectId}, ${writer.userId}, 'Sea', 'Salty.')`)
  const call = (headers = {}) =>
    api('/api/generate', { method: 'POST', json: { prompt: 'A keeper', projectId }, headers })
  const first = await call({ 'Idempotency-Key': 'project' })
  expect(first.status).toBe(200)
  await query(sql`DELETE FROM projects WHERE id = ${projectId}`)
  const again = await call({ 'Idempotency-Key': 'project' })
  expect({ status: again.status, body: await again.json() }).toEqual({
    status: 200,
    body: await first.json(),
  })
  await expectProblem(await call({ 'Idempotency-Key': 'another' }), 'not_found')
  await expectProblem(await call(), 'not_found')
  await expectBooksToBalance(writer.userId, 19)
})

test('64 at once with one key are one call to the model and one charge', async ({ api, writer }) => {
  const words = uniqueWords()
  const call = { method: 'POST', json: { prompt: words }, headers: { 'Idempotency-Key': 'all at once' } }
  const answers = await Promise.all(
    Array.from({ length: 64 }, async () => {
      const answer = await api('/api/generate', call)
      return { status: answer.status, body: await answer.text() }
    }),
  )
  const delivered = answers.filter(({ status }) => status === 200)
  expect(delivered.length).toBeGreaterThanOrEqual(1)
  expect(new Set(delivered.map(({ body }) => body)).size).toBe(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(64 - delivered.length)
  expect(await modelCallsWith(words)).toBe(1)
  expect(await tracesOf(writer.userId)).toEqual({
    credits: 19,
    attempts: 1,
    uses: 1,
    generations: 1,
    entries: 3,
  })
})

test('a form posted 16 times at once is one generation, and all of them lead to it', async ({ writer }) => {
  const form = await openForm(writer, '/dashboard/generate', 'attempt')
  const values = { tool: 'draft', prompt: uniqueWords(), text: '', projectId: '' }
  const answers = await Promise.all(Array.from({ length: 16 }, () => form.submit(values)))
  expect(answers.map(({ status }) => status)).toEqual(Array(16).fill(303))
  expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
  // Once it has ended, the model has been asked as often as it ever will be.
  await expect.poll(async () => (await tracesOf(writer.userId)).entries).toBe(3)
  expect(await modelCallsWith(values.prompt)).toBe(1)
  expect(await tracesOf(writer.userId)).toMatchObject({ generations: 1, attempts: 1, uses: 1 })
})

test('two owners may use the same key', async ({ api }) => {
  const headers = { 'Idempotency-Key': 'the same' }
  const other = apiWith(await createKeyFor(await createPerson()))
  const [mine, theirs] = await Promise.all(
    [api, other].map(async (one, n) => {
      const answer = await one('/api/generate', {
        method: 'POST',
        json: { prompt: `A keeper ${n}` },
        headers,
      })
      return ((await answer.json()) as GenerationBody).id
    }),
  )
  expect(mine).toMatch(/^[\da-f-]{36}$/)
  expect(theirs).toMatch(/^[\da-f-]{36}$/)
  expect(mine).not.toBe(theirs)
})

test('after 24 hours a key is free again', async ({ api, writer }) => {
  const headers = { 'Idempotency-Key': 'old' }
  const first = await api('/api/generate', { method: 'POST', json: { prompt: 'A keeper' }, headers })
  const { id } = (await first.json()) as GenerationBody
  await query(
    sql`UPDATE attempts SET created_at = now() - interval '25 hours' WHERE subject = ${writer.userId}`,
  )
  const later = await api('/api/generate', { method: 'POST', json: { prompt: 'Another' }, headers })
  expect(later.status).toBe(200)
  expect(((await later.json()) as GenerationBody).id).not.toBe(id)
  await expectBooksToBalance(writer.userId, 18)
})

const badKeys = [
  { name: 'empty', key: '' },
  { name: 'blank', key: '   ' },
  { name: 'quoted empty', key: '""' },
  { name: 'too long', key: 'k'.repeat(256) },
  { name: 'not ASCII', key: 'schlüssel' },
]

for (const { name, key } of badKeys) {
  test(`a key that is ${name} is malformed`, async ({ api, writer }) => {
    const before = await tracesOf(writer.userId)
    const headers = { 'Idempotency-Key': key }
    await expectProblem(
      await api('/api/generate', { method: 'POST', json: { prompt: 'A' }, headers }),
      'malformed',
    )
    expect(await tracesOf(writer.userId)).toEqual(before)
  })
}
