import { expectBooksToBalance } from '../fixtures/books'
import { type GenerationBody, readGeneration, startDraft } from '../fixtures/generations'
import { makeGate } from '../fixtures/model-calls'
import { allEventsOf } from '../fixtures/sse'
import { type Api, expect, test } from '../fixtures/test'
import { tracesOf, usesOf } from '../fixtures/traces'

/** A prompt whose answer stops half-way, and is never let go on. */
const halfWay = () => `A keeper ${makeGate().marker}`

function stop(api: Api, id: string): Promise<Response> {
  return api(`/api/generate/${id}/stop`, { method: 'POST' })
}

test('GET tells of a running one: what it holds, and the text so far', async ({ api }) => {
  const id = await startDraft(api, halfWay())
  await expect.poll(async () => (await readGeneration(api, id)).result).toMatch(/^# The/)
  const body = await readGeneration(api, id)
  expect(body).toMatchObject({
    id,
    status: 'running',
    tool: 'draft',
    usage: { inputTokens: null, outputTokens: null },
    credits: { held: 4, charged: null, balance: 16 },
  })
  await stop(api, id)
})

test('stopping keeps and charges what was delivered', async ({ api, writer }) => {
  const id = await startDraft(api, halfWay())
  await expect.poll(async () => (await readGeneration(api, id)).result).toMatch(/^# The/)
  const answer = await stop(api, id)
  expect(answer.status).toBe(202)
  expect(((await answer.json()) as GenerationBody).id).toBe(id)

  await expect.poll(async () => (await readGeneration(api, id)).status).toBe('stopped')
  const body = await readGeneration(api, id)
  expect(body.credits).toEqual({ held: 4, charged: 1, balance: 19 })
  expect(body.usage.outputTokens).toBeGreaterThan(0)
  expect(body.result).not.toContain('out to sea')
  await expectBooksToBalance(writer.userId, 19)
  const events = await allEventsOf(
    await api(`/api/generate/${id}`, { headers: { Accept: 'text/event-stream' } }),
  )
  expect(events.at(-1)).toEqual({ id: null, event: 'done', data: body })
})

test('stopping before anything was delivered costs nothing', async ({ api, writer }) => {
  const id = await startDraft(api, 'A keeper [[fail:hang]]')
  expect((await stop(api, id)).status).toBe(202)
  await expect.poll(async () => (await readGeneration(api, id)).status).toBe('stopped')
  expect((await readGeneration(api, id)).credits).toEqual({ held: 4, charged: 0, balance: 20 })
  await expectBooksToBalance(writer.userId, 20)
})

for (const prompt of ['A keeper', 'A keeper [[fail:500]]']) {
  test(`stopping what has ended changes nothing: ${prompt}`, async ({ api, writer }) => {
    const id = await startDraft(api, prompt)
    await expect.poll(async () => (await readGeneration(api, id)).status).not.toBe('running')
    const before = { body: await readGeneration(api, id), traces: await tracesOf(writer.userId) }
    const answer = await stop(api, id)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual(before.body)
    expect({ body: await readGeneration(api, id), traces: await tracesOf(writer.userId) }).toEqual(before)
  })
}

test('20 stops at once stop it once', async ({ api, writer }) => {
  const id = await startDraft(api, halfWay())
  await expect.poll(async () => (await readGeneration(api, id)).result).toMatch(/^# The/)
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await stop(api, id)).status))
  expect(statuses).toContain(202)
  expect(statuses.filter((status) => status !== 202 && status !== 200)).toEqual([])
  await expect.poll(async () => (await readGeneration(api, id)).status).toBe('stopped')
  await expectBooksToBalance(writer.userId, 19)
  expect(await tracesOf(writer.userId)).toMatchObject({ entries: 3, generations: 1 })
  expect(await usesOf(writer.userId, 'draft')).toBe(1)
})
