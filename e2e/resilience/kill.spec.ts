import { mkdtempSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import path from 'node:path'
import { serversOf } from '@/lib/providers/postgres/process'
import { HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { makeGate } from '../fixtures/model-calls'
import { expectProblem } from '../fixtures/problem'
import { ask, isAlive, postmasterPid, untilDead, untilQuiet, whileStopped } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

const port = SPARE_PORT
const model = { AI_BASE_URL: `${MODEL.url}/v1`, GENERATION_LEASE_MS: '2000', SWEEP_INTERVAL_MS: '500' }

test('kill -9 of everything during use loses nothing that was acknowledged', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'kill-'))
  const env = { ...model, DATA_DIR: dataDir }
  const before = await startProduct(port, env)
  const { userId, api } = await createStranger(dataDir, before.url)

  const running = api('/api/generate', {
    method: 'POST',
    json: { prompt: `A lighthouse ${makeGate().marker}` },
    headers: { Accept: 'text/event-stream' },
  })
    .then((answer) => answer.text())
    .catch(() => '')
  const acknowledged: string[] = []
  const writing = (async () => {
    for (let n = 0; ; n++) {
      const answer = await api('/api/posts', {
        method: 'POST',
        json: { title: `Post ${n}`, content: 'Kept.' },
      })
      if (answer.status === 201) acknowledged.push(((await answer.json()) as { id: string }).id)
    }
  })().catch(() => {})
  await expect(async () => {
    expect(acknowledged.length).toBeGreaterThan(20)
    expect(await ask(dataDir, 'SELECT FROM generation_chunks')).not.toHaveLength(0)
  }).toPass()

  const postmaster = await postmasterPid(dataDir)
  before.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await Promise.all([before.exited, untilDead(postmaster), writing, running])

  const after = await startProduct(port, env)
  expect(await postmasterPid(dataDir)).not.toBe(postmaster)
  const found = await ask<{ id: string }>(dataDir, 'SELECT id FROM posts WHERE id = ANY ($1)', [acknowledged])
  expect(found).toHaveLength(acknowledged.length)

  await expect(async () => {
    expect(await booksOf(dataDir, userId)).toEqual({ credits: 20, ledger: 20 })
  }).toPass()
  const [generation] = await ask<{ status: string; charged: number; text: string }>(
    dataDir,
    `SELECT status, charged, (SELECT string_agg(text, '' ORDER BY seq) FROM generation_chunks) AS text FROM generations`,
  )
  expect(generation).toMatchObject({ status: 'failed', charged: 0 })
  expect(generation?.text.length).toBeGreaterThan(0)

  after.kill('SIGTERM')
  expect(await after.exited).toBe(0)
})

test('a postmaster that dies under a running product is brought back', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'postmaster-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, product.url)
  const postmaster = await postmasterPid(dataDir)
  process.kill(postmaster, 'SIGKILL')
  await untilDead(postmaster)

  await expect(async () => {
    expect((await api('/api/usage')).status).toBe(200)
  }).toPass()
  expect(await postmasterPid(dataDir)).not.toBe(postmaster)
  expect(isAlive(product.pid)).toBe(true)

  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})

test('while the database is away, callers are told so and nothing is half-written', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'away-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  const { api, userId } = await createStranger(dataDir, product.url)
  const postmaster = await postmasterPid(dataDir)
  // Stopped, not killed: it is there and does not answer, which is the slower way to be away.
  const answers = await whileStopped([postmaster], () =>
    Promise.all(
      [1, 2, 3].map(() => api('/api/posts', { method: 'POST', json: { title: 'A', content: '' } })),
    ),
  )
  for (const answer of answers) {
    expect([201, 503]).toContain(answer.status)
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toBeTruthy()
  }
  await untilQuiet(dataDir)
  const rows = await ask(dataDir, 'SELECT FROM posts WHERE author_id = $1', [userId])
  const made = answers.filter((answer) => answer.status === 201).length
  expect(rows.length).toBe(made)

  // The whole of it, with every connection that is open: so looks a host that has vanished.
  const ready = async () => (await fetch(`${product.url}/api/health?ready=1`)).status
  expect(await ready()).toBe(200)
  const began = performance.now()
  await whileStopped(await serversOf(path.join(dataDir, 'postgres')), async () => {
    expect(await ready()).toBe(503)
    expect((await fetch(`${product.url}/api/health`)).status).toBe(200)
  })
  expect(performance.now() - began).toBeLessThan(10_000)
  await expect.poll(ready).toBe(200)
  expect((await api('/api/usage')).status).toBe(200)
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})

test('SIGTERM lets running work end, stops the embedded database, and exits with 0', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'term-'))
  const product = await startProduct(port, { ...model, DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, product.url)
  const { marker, open } = makeGate()
  const call = {
    method: 'POST',
    json: { prompt: `Sea ${marker}` },
    headers: { 'Idempotency-Key': 'sea' },
  }
  const answering = api('/api/generate', call)
  await expect(async () => {
    expect(await ask(dataDir, 'SELECT FROM generation_chunks')).not.toHaveLength(0)
  }).toPass()
  const postmaster = await postmasterPid(dataDir)

  product.kill('SIGTERM')
  await expect(async () => {
    expect((await fetch(`${product.url}/api/health?ready=1`)).status).toBe(503)
  }).toPass()
  expect((await fetch(`${product.url}/api/health`)).status).toBe(200)
  // Nothing new is taken on, and what runs is still answered.
  const refused = await api('/api/generate', { ...call, headers: {} })
  await expectProblem(refused, 'unavailable')
  expect(refused.headers.get('retry-after')).toBe('5')
  const joined = await api('/api/generate', {
    ...call,
    headers: { ...call.headers, Accept: 'text/event-stream' },
  })
  await open()
  expect(await joined.text()).toContain('event: done')
  expect((await answering).status).toBe(200)
  expect(await product.exited).toBe(0)
  expect(isAlive(postmaster)).toBe(false)
})

test('whoever calls while it stops is answered whole and well, or not let in', async ({ startProduct }) => {
  const product = await startProduct(port, { ...model, DATA_DIR: mkdtempSync(path.join(HOME, 'doors-')) })
  const came = { well: 0, refused: 0, otherwise: [] as (number | undefined)[] }
  const callers = Array.from({ length: 8 }, async () => {
    while (came.refused === 0) {
      const answer = await callOnce(`${product.url}/api/posts`)
      if (answer === 'refused') came.refused++
      else if (answer?.complete && answer.statusCode === 200) came.well++
      else if (answer) came.otherwise.push(answer.statusCode)
    }
  })
  await expect(async () => expect(came.well).toBeGreaterThan(20)).toPass()
  product.kill('SIGTERM')
  await Promise.all(callers)
  expect(await product.exited).toBe(0)
  expect(came.refused).toBeGreaterThan(0)
  expect(came.otherwise).toEqual([])
})

/**
 * Calls on a connection of its own, to the end. @returns null where the system broke the connection off that nobody had
 * taken yet, as it does when a server stops listening.
 */
function callOnce(url: string): Promise<IncomingMessage | 'refused' | null> {
  return new Promise((resolve) => {
    const sent = request(url, { agent: false }, (answer) => {
      answer.on('error', () => undefined).on('close', () => resolve(answer))
      answer.resume()
    })
    sent.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'refused' : null))
    sent.end()
  })
}
