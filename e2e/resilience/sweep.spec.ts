import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { startDraft } from '../fixtures/generations'
import { makeGate } from '../fixtures/model-calls'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

const port = SPARE_PORT + 10

test('what a killed instance has left running is closed at the next start', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'sweep-'))
  const env = {
    DATA_DIR: dataDir,
    AI_BASE_URL: `${MODEL.url}/v1`,
    GENERATION_LEASE_MS: '1000',
    // The timer is not what does it.
    SWEEP_INTERVAL_MS: '86400000',
  }
  const before = await startProduct(port, env)
  const { userId, api } = await createStranger(dataDir, before.url)
  await startDraft(api, `A lighthouse ${makeGate().marker}`)
  before.kill('SIGKILL')
  await before.exited
  // The database has outlived it.
  await expect
    .poll(() => ask(dataDir, `SELECT FROM generations WHERE status = 'running' AND lease_until < now()`))
    .toHaveLength(1)
  expect(await booksOf(dataDir, userId)).toEqual({ credits: 16, ledger: 16 })

  await startProduct(port, env)
  await expect.poll(() => booksOf(dataDir, userId)).toEqual({ credits: 20, ledger: 20 })
  expect(await ask(dataDir, 'SELECT status, error_code FROM generations')).toEqual([
    { status: 'failed', error_code: 'unavailable' },
  ])
})
