import { KEEP_ALIVE_MS, streamGeneration } from '@/lib/http/generation-reply'
import { expectBooksToBalance } from '../fixtures/books'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { acceptOnly, type GenerationBody, readGeneration, startDraft } from '../fixtures/generations'
import { makeGate, modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { expectProblem } from '../fixtures/problem'
import { allEventsOf, eventsOf, textOf } from '../fixtures/sse'
import { type Api, apiWith, expect, test } from '../fixtures/test'

const STREAM = { Accept: 'text/event-stream' }

/** A draft of some seconds, so that readers come while it runs. */
const SLOW = '[[chunks:30]] [[delay:60]]'

function stream(api: Api, prompt: string, headers: Record<string, string> = {}): Promise<Response> {
  return api('/api/generate', { method: 'POST', json: { prompt }, headers: { ...STREAM, ...headers } })
}

test('streams start, deltas with ascending ids, and done', async ({ api, writer }) => {
  const answer = await stream(api, 'A keeper')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(answer.headers.get('x-accel-buffering')).toBe('no')
  expect(answer.headers.get('cache-control')).toContain('no-transform')

  const events = await allEventsOf(answer)
  const [start, ...rest] = events
  const done = rest.pop()
  expect(start).toEqual({ id: null, event: 'start', data: { id: expect.any(String), held: 4 } })
  expect(rest.length).toBeGreaterThanOrEqual(1)
  expect(rest.map(({ event }) => event)).toEqual(rest.map(() => 'delta'))
  expect(rest.map(({ id }) => id)).toEqual(rest.map((_, n) => n + 1))
  const body = await readGeneration(api, String(start?.data.id))
  expect(done).toEqual({ id: null, event: 'done', data: body })
  expect(body.result).toBe(textOf(events))
  await expectBooksToBalance(writer.userId, 19)
})

test('a failure is an error event with the problem, after the text that came', async ({ api, writer }) => {
  const events = await allEventsOf(await stream(api, 'A keeper [[fail:cut]]'))
  expect(events.at(0)?.event).toBe('start')
  expect(textOf(events)).toMatch(/^# The Light/)
  expect(events.at(-1)).toMatchObject({
    event: 'error',
    data: { problem: { status: 502, code: 'provider_failed', requestId: expect.any(String) } },
  })
  expect(JSON.stringify(events)).not.toContain('sk-leaked')
  await expectBooksToBalance(writer.userId, 20)
})

test('what is refused is no stream but a problem', async ({ api }) => {
  await expectProblem(await stream(api, ''), 'invalid')
  const poor = apiWith(await createKeyFor(await createPerson({ credits: 0 })))
  await expectProblem(await stream(poor, 'A keeper'), 'insufficient_credits')
})

test('a reader that went away resumes after the last event it saw', async ({ api }) => {
  const { marker, open } = makeGate()
  const answer = await stream(api, `A keeper ${SLOW} ${marker}`)
  const before = []
  for await (const event of eventsOf(answer)) {
    before.push(event)
    if (event.event === 'delta') break
  }
  const id = String(before[0]?.data.id)
  expect((await readGeneration(api, id)).status).toBe('running')

  const resumed = await api(`/api/generate/${id}`, { headers: { ...STREAM, 'Last-Event-ID': '1' } })
  await open()
  const after = await allEventsOf(resumed)
  const ids = [...before, ...after].flatMap((event) => event.id ?? [])
  expect(ids).toEqual(ids.map((_, n) => n + 1))
  expect(ids.length).toBeGreaterThan(1)
  expect(after.at(-1)?.event).toBe('done')
  expect(textOf(before) + textOf(after)).toBe((await readGeneration(api, id)).result)
})

test('any number of readers see the same, whenever they come', async ({ api }) => {
  const id = await startDraft(api, `A keeper ${SLOW}`)
  const early = await Promise.all(
    [1, 2, 3].map(async () => allEventsOf(await api(`/api/generate/${id}`, { headers: STREAM }))),
  )
  const late = await allEventsOf(await api(`/api/generate/${id}`, { headers: STREAM }))
  expect(late.at(-1)?.event).toBe('done')
  for (const one of early) expect(one).toEqual(late)
})

test('a repeat with the same key re-attaches', async ({ api }) => {
  const words = uniqueWords()
  const call = () => stream(api, `${words} ${SLOW}`, { 'Idempotency-Key': 'again' })
  const [first, second] = await Promise.all([call(), call()].map(async (one) => allEventsOf(await one)))
  expect(second).toEqual(first)
  expect(first?.at(-1)?.event).toBe('done')
  expect(await modelCallsWith(words)).toBe(1)
})

const places = [
  { name: 'the last event', after: (last: number) => String(last), deltas: () => 0 },
  { name: 'more than there is', after: (last: number) => String(last + 7), deltas: () => 0 },
  { name: 'far more than there is', after: () => '9'.repeat(40), deltas: () => 0 },
  { name: 'no number', after: () => 'yesterday', deltas: (last: number) => last },
  { name: 'nothing yet', after: () => '0', deltas: (last: number) => last },
]

for (const { name, after, deltas } of places) {
  test(`what has ended is streamed from ${name}`, async ({ api }) => {
    const whole = await allEventsOf(await stream(api, 'A keeper'))
    const last = Math.max(...whole.flatMap((event) => event.id ?? []))
    expect(last).toBeGreaterThanOrEqual(1)
    const headers = { ...STREAM, 'Last-Event-ID': after(last) }
    const events = await allEventsOf(await api(`/api/generate/${whole[0]?.data.id}`, { headers }))
    expect(events.filter(({ event }) => event === 'delta')).toHaveLength(deltas(last))
    expect(events.at(-1)).toEqual(whole.at(-1))
  })
}

test('what is made just now is told from its beginning, whatever was read of something else', async ({
  api,
}) => {
  const headers = { 'Idempotency-Key': 'new', 'Last-Event-ID': '99' }
  const events = await allEventsOf(await stream(api, 'A keeper', headers))
  expect(textOf(events)).toMatch(/^# The Light/)
  expect(events.find(({ event }) => event === 'delta')?.id).toBe(1)
  // A repeat is a reader that comes back.
  const repeated = await allEventsOf(await stream(api, 'A keeper', headers))
  expect(repeated.map(({ event }) => event)).toEqual(['start', 'done'])
})

test('a stream says that it lives, and waits for no reader that is not there', async ({ writer }) => {
  expect(KEEP_ALIVE_MS).toBeLessThan(15_000)
  const { id, held } = await acceptOnly(writer)
  const request = (method: string) => new Request(PRODUCT.url, { method })
  const told = { subject: writer, id, held, after: 0, requestId: id }
  const reader = streamGeneration(request('GET'), told, 20).stream.getReader()
  const next = async () => new TextDecoder().decode((await reader.read()).value)
  expect(await next()).toMatch(/^event: start/)
  for (let silence = 0; silence < 3; silence++) expect(await next()).toMatch(/^:.*\n\n$/)
  await reader.cancel()
  // Nobody reads the body of an answer to HEAD: it has none to wait for, though the generation still runs.
  expect(await new Response(streamGeneration(request('HEAD'), told).stream).text()).toBe('')
})

test('a client that goes away does not stop it', async ({ api, writer }) => {
  const words = uniqueWords()
  const { marker, open } = makeGate()
  const leaving = new AbortController()
  const waiting = api('/api/generate', {
    method: 'POST',
    json: { prompt: `${words} ${marker}` },
    headers: { 'Idempotency-Key': 'left' },
    signal: leaving.signal,
  })
  await expect.poll(() => modelCallsWith(words)).toBe(1)
  leaving.abort()
  await expect(waiting).rejects.toThrow()

  const streamed = await startDraft(api, `A keeper ${marker}`)
  await open()
  await expect.poll(async () => (await readGeneration(api, streamed)).status).toBe('succeeded')
  const call = {
    method: 'POST',
    json: { prompt: `${words} ${marker}` },
    headers: { 'Idempotency-Key': 'left' },
  }
  await expect.poll(async () => (await api('/api/generate', call)).status).toBe(200)
  const body = (await (await api('/api/generate', call)).json()) as GenerationBody
  expect(body).toMatchObject({ status: 'succeeded', result: expect.stringMatching(/out to sea\.$/) })
  expect(await modelCallsWith(words)).toBe(1)
  await expectBooksToBalance(writer.userId, 18)
})
