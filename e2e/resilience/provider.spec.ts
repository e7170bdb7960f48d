import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { HOME, SPARE_PORT } from '../fixtures/env'
import { startModelProvider } from '../fixtures/model-provider'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

test('a model endpoint that is stopped mid-answer costs nothing, and what had arrived is kept', async ({
  startProduct,
}) => {
  const provider = await startModelProvider()
  const dataDir = mkdtempSync(path.join(HOME, 'provider-'))
  const product = await startProduct(SPARE_PORT + 6, { DATA_DIR: dataDir, AI_BASE_URL: provider.baseUrl })
  const { userId, api } = await createStranger(dataDir, product.url)

  const prompt = 'A lighthouse [[chunks:60]] [[delay:100]]'
  const answering = api('/api/generate', { method: 'POST', json: { prompt } })
  await expect(async () => {
    expect(await ask(dataDir, 'SELECT FROM generation_chunks')).not.toHaveLength(0)
  }).toPass()
  expect((await booksOf(dataDir, userId)).credits).toBe(16)
  const [arrived] = await ask<{ text: string }>(
    dataDir,
    `SELECT string_agg(text, '' ORDER BY seq) AS text FROM generation_chunks`,
  )
  await provider.close()

  const answer = await answering
  expect(answer.status).toBe(502)
  const { generationId, code } = await answer.json()
  expect(code).toBe('provider_failed')
  expect(await booksOf(dataDir, userId)).toEqual({ credits: 20, ledger: 20 })
  const kept = await (await api(`/api/generate/${generationId}`)).json()
  expect(kept).toMatchObject({ status: 'failed', credits: { held: 4, charged: 0, balance: 20 } })
  expect(arrived?.text).toBeTruthy()
  expect(kept.result.startsWith(arrived?.text)).toBe(true)

  const next = await api('/api/generate', { method: 'POST', json: { prompt: 'Again' } })
  expect(next.status).toBe(502)
  expect(await booksOf(dataDir, userId)).toEqual({ credits: 20, ledger: 20 })
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})
