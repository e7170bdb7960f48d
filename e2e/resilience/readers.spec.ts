import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { readGeneration, startDraft } from '../fixtures/generations'
import { makeGate } from '../fixtures/model-calls'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { allEventsOf, textOf } from '../fixtures/sse'
import { createStranger } from '../fixtures/stranger'

const port = SPARE_PORT + 65
const STREAM = { Accept: 'text/event-stream' }

const settings = () => ({
  DATA_DIR: mkdtempSync(path.join(HOME, 'readers-')),
  AI_BASE_URL: `${MODEL.url}/v1`,
})

test('200 readers of one generation each see every delta once', async ({ startProduct }) => {
  const env = settings()
  const product = await startProduct(port, env)
  const { api } = await createStranger(env.DATA_DIR, product.url)
  // However long they take to come in, it is not over: half of it is held back until all of them are there.
  const { marker, open } = makeGate()
  const id = await startDraft(api, `A lighthouse [[chunks:110]] [[delay:400]] ${marker}`)
  const readers: Response[] = []
  // All at one moment would be a test of how fast they can come in.
  while (readers.length < 200) {
    const more = Array.from({ length: 20 }, () => api(`/api/generate/${id}`, { headers: STREAM }))
    readers.push(...(await Promise.all(more)))
  }
  expect(readers.map((answer) => answer.status)).toEqual(readers.map(() => 200))
  const soFar = (await readGeneration(api, id)).result.length
  await open()
  await expect.poll(async () => (await readGeneration(api, id)).result.length).toBeGreaterThan(soFar)
  expect((await api(`/api/generate/${id}/stop`, { method: 'POST' })).status).toBe(202)
  const seen = await Promise.all(readers.map(allEventsOf))
  const { status, result } = await readGeneration(api, id)
  expect(status).toBe('stopped')
  expect(result.length).toBeGreaterThan(soFar)
  for (const events of seen) {
    const ids = events.filter(({ event }) => event === 'delta').map((event) => event.id)
    expect(ids).toEqual(ids.map((_, n) => n + 1))
    expect(textOf(events)).toBe(result)
    expect(events.at(-1)?.event).toBe('done')
  }
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})

test('readers that stop reading cost no memory, and hold up nobody', async ({ startProduct }) => {
  // What could be collected is: what is left in memory is there because somebody holds it.
  const env = { ...settings(), NODE_OPTIONS: '--max-old-space-size=400' }
  const product = await startProduct(port + 1, env)
  const { userId, key, api } = await createStranger(env.DATA_DIR, product.url)
  // A ceiling under which 12 MB fit.
  await ask(env.DATA_DIR, `UPDATE tool_policies SET hold = 5000 WHERE tool = 'draft'`)
  await ask(
    env.DATA_DIR,
    `WITH given AS (UPDATE users SET credits = credits + 5000 WHERE id = '${userId}' RETURNING credits)
    INSERT INTO ledger_entries (user_id, kind, amount, balance, reason)
    SELECT '${userId}', 'grant', 5000, credits, 'For a test' FROM given`,
  )
  const { marker, open } = makeGate()
  const id = await startDraft(api, `A lighthouse [[repeat:17000]] [[chunks:1200]] [[delay:1]] ${marker}`)
  const stalled = await Promise.all(
    Array.from({ length: 60 }, () => openAndStopReading(port + 1, `/api/generate/${id}`, key)),
  )
  const reader = await api(`/api/generate/${id}`, { headers: STREAM })
  expect((await readGeneration(api, id)).status).toBe('running')
  const before = residentMegabytes(product.pid)
  await open()
  const events = await allEventsOf(reader)
  expect(events.at(-1)?.event).toBe('done')
  expect(textOf(events).length).toBeGreaterThan(12_000_000)
  // The system's own buffers take 4 MB of each connection. The other 8, for each of those who don't read, would be 480
  // here, on top of the 300 or so that the work itself leaves behind until it is collected.
  expect(residentMegabytes(product.pid) - before).toBeLessThan(550)

  for (const socket of stalled) socket.destroy()
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})

/** Resolves when the answer has begun; from then on nothing is taken from the connection. */
async function openAndStopReading(to: number, path: string, key: string): Promise<Socket> {
  const socket = connect(to, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost:${to}\r\nAuthorization: Bearer ${key}\r\nAccept: text/event-stream\r\n\r\n`,
  )
  const [first] = (await once(socket, 'data')) as [Buffer]
  socket.pause()
  expect(first.toString()).toContain('200 OK')
  return socket
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
