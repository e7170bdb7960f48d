import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { HOME, SPARE_PORT } from '../fixtures/env'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

const ports = [SPARE_PORT + 50, SPARE_PORT + 51] as const

test('instances that start give the month’s allowance once, however often they do', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'allowances-'))
  const start = (port: number) => startProduct(port, { DATA_DIR: dataDir })
  const first = await start(ports[0])
  const { userId } = await createStranger(dataDir, first.url)
  await ask(dataDir, `UPDATE tier_policies SET monthly_allowance = 5 WHERE tier = 'free'`)
  const second = await start(ports[1])
  await expect.poll(() => booksOf(dataDir, userId)).toEqual({ credits: 25, ledger: 25 })

  // Given at the next start: that shows when all accounts have been looked at again.
  const { userId: later } = await createStranger(dataDir, first.url)
  for (const product of [first, second]) product.kill('SIGTERM')
  await Promise.all([first.exited, second.exited])
  await Promise.all(ports.map(start))
  await expect.poll(() => booksOf(dataDir, later)).toEqual({ credits: 25, ledger: 25 })
  expect(await booksOf(dataDir, userId)).toEqual({ credits: 25, ledger: 25 })
  expect(await ask(dataDir, `SELECT ref FROM ledger_entries WHERE ref LIKE 'allowance:%'`)).toHaveLength(2)
})
