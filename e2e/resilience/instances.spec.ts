import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { BASIC, HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { makeGate } from '../fixtures/model-calls'
import { ask, isAlive, postmasterPid } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'
import { apiWith } from '../fixtures/test'

const ports = [SPARE_PORT + 2, SPARE_PORT + 3] as const

test('two products on one DATA_DIR share its database, and the last one stops it', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'shared-'))
  const [one, two] = await Promise.all(ports.map((port) => startProduct(port, { DATA_DIR: dataDir })))
  if (!one || !two) throw new Error('two were started')
  const postmaster = await postmasterPid(dataDir)
  const { api } = await createStranger(dataDir, one.url)
  expect((await api('/api/usage')).status).toBe(200)

  one.kill('SIGTERM')
  expect(await one.exited).toBe(0)
  expect(isAlive(postmaster)).toBe(true)
  expect((await fetch(`${two.url}/api/health?ready=1`)).status).toBe(200)

  two.kill('SIGTERM')
  expect(await two.exited).toBe(0)
  expect(isAlive(postmaster)).toBe(false)
})

test('two instances on one DATABASE_URL start at once, and serve each other’s generations', async ({
  startProduct,
}) => {
  const name = `instances_${Date.now()}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${name}`)
  const socket = encodeURIComponent(path.join(BASIC.dataDir, 'run'))
  const env = {
    DATABASE_URL: `postgresql://inkwell@localhost/${name}?host=${socket}`,
    DATA_DIR: mkdtempSync(path.join(HOME, 'instances-')),
    AI_BASE_URL: `${MODEL.url}/v1`,
  }
  const [one, two] = await Promise.all(ports.map((port) => startProduct(port, env)))
  if (!one || !two) throw new Error('two were started')
  const where = { dataDir: BASIC.dataDir, database: name }
  const migrations = await ask<{ n: number }>(where, 'SELECT count(*)::int AS n FROM _prisma_migrations')
  expect(migrations[0]?.n).toBeGreaterThan(0)

  const { userId, api, key } = await createStranger(where, one.url)
  const there = apiWith(key, two.url)
  const prompt = `A lighthouse ${makeGate().marker}`
  const started = await api('/api/generate', {
    method: 'POST',
    json: { prompt },
    headers: { Accept: 'text/event-stream', 'Idempotency-Key': 'one' },
  })
  const reader = started.body?.getReader()
  const first = new TextDecoder().decode((await reader?.read())?.value)
  const id = /"id":"([^"]+)"/.exec(first)?.[1]
  // Attached on the instance that does not run it, and stopped from there too.
  const attached = await there(`/api/generate/${id}`, { headers: { Accept: 'text/event-stream' } })
  const seen = attached.text()
  await expect(async () => {
    expect((await (await there(`/api/generate/${id}`)).json()).result).not.toBe('')
  }).toPass()
  expect((await there(`/api/generate/${id}/stop`, { method: 'POST' })).status).toBe(202)
  expect(await seen).toContain('"status":"stopped"')
  expect(await booksOf(where, userId)).toEqual({ credits: 19, ledger: 19 })
  await reader?.cancel()

  for (const product of [one, two]) product.kill('SIGTERM')
  expect(await Promise.all([one.exited, two.exited])).toEqual([0, 0])
})
