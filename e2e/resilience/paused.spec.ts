import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BASIC, HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { startDraft } from '../fixtures/generations'
import { makeGate } from '../fixtures/model-calls'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

const ports = [SPARE_PORT + 30, SPARE_PORT + 31] as const

test('a paused instance that wakes after it was swept can neither settle nor write', async ({
  startProduct,
}) => {
  const database = `paused_${Date.now()}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${database}`)
  const socket = encodeURIComponent(path.join(BASIC.dataDir, 'run'))
  const env = {
    DATABASE_URL: `postgresql://inkwell@localhost/${database}?host=${socket}`,
    DATA_DIR: mkdtempSync(path.join(HOME, 'paused-')),
    AI_BASE_URL: `${MODEL.url}/v1`,
    GENERATION_LEASE_MS: '3000',
    SWEEP_INTERVAL_MS: '300',
  }
  const [sleeper, sweeper] = await Promise.all(ports.map((port) => startProduct(port, env)))
  if (!sleeper || !sweeper) throw new Error('two were started')
  const where = { dataDir: BASIC.dataDir, database }
  const { userId, api } = await createStranger(where, sleeper.url)

  const { marker, open } = makeGate()
  const id = await startDraft(api, `A lighthouse [[chunks:40]] [[delay:20]] ${marker}`)
  const one = <Row extends object>(text: string) => ask<Row>(where, text, [id])
  const state = async () => ({
    generation: await one('SELECT * FROM generations WHERE id = $1'),
    chunks: await one('SELECT seq, text FROM generation_chunks WHERE generation_id = $1 ORDER BY seq'),
    ledger: await one('SELECT * FROM ledger_entries WHERE generation_id = $1 ORDER BY id'),
    uses: await ask(where, 'SELECT * FROM daily_uses'),
  })
  await expect(async () => expect((await state()).chunks.length).toBeGreaterThan(2)).toPass()

  sleeper.kill('SIGSTOP')
  await expect(async () => {
    expect((await state()).generation).toMatchObject([
      { status: 'failed', error_code: 'unavailable', charged: 0 },
    ])
  }).toPass()
  const swept = await state()
  expect(swept.ledger).toMatchObject([
    { kind: 'hold', amount: -4 },
    { kind: 'release', amount: 4 },
  ])

  // The rest of the text waits for it when it wakes.
  await open()
  sleeper.kill('SIGCONT')
  // What it had received is the house's loss, and written down as such: so it has noticed.
  await expect(async () => {
    expect(await one('SELECT reason FROM absorbed_costs WHERE generation_id = $1')).toEqual([
      { reason: 'late' },
    ])
  }).toPass()
  await sleep(2_000)
  expect(await state()).toEqual(swept)
  expect(await booksOf(where, userId)).toEqual({ credits: 20, ledger: 20 })

  for (const product of [sleeper, sweeper]) product.kill('SIGTERM')
  expect(await Promise.all([sleeper.exited, sweeper.exited])).toEqual([0, 0])
})
