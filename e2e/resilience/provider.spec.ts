import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { makeGate, modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { startModelProvider } from '../fixtures/model-provider'
import { expectProblem } from '../fixtures/problem'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { booksOf, createStranger } from '../fixtures/stranger'

const port = SPARE_PORT + 6

test('a model endpoint that is stopped mid-answer costs nothing, and what had arrived is kept', async ({
  startProduct,
}) => {
  const provider = await startModelProvider()
  const dataDir = mkdtempSync(path.join(HOME, 'provider-'))
  const product = await startProduct(port, { DATA_DIR: dataDir, AI_BASE_URL: provider.baseUrl })
  const { userId, api } = await createStranger(dataDir, product.url)

  const prompt = `A lighthouse ${makeGate(provider).marker}`
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

test('a model that says nothing is given up, and gives the credits and the use back', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'silent-'))
  const env = { DATA_DIR: dataDir, AI_BASE_URL: `${MODEL.url}/v1`, AI_TIMEOUT_MS: '2000' }
  const product = await startProduct(port, env)
  for (const fail of ['hang', 'silent']) {
    const { userId, api } = await createStranger(dataDir, product.url)
    const words = uniqueWords()
    const prompt = `${words} [[fail:${fail}]]`
    const answer = await api('/api/generate', { method: 'POST', json: { prompt } })
    const problem = await expectProblem(answer, 'provider_timeout')
    expect(problem.detail).toContain('Nothing was charged')
    expect(await modelCallsWith(words), 'asked once, never again').toBe(1)
    expect(await (await api(`/api/generate/${problem.generationId}`)).json()).toMatchObject({
      status: 'failed',
      result: '',
      credits: { held: 4, charged: 0, balance: 20 },
    })
    const uses = `SELECT used FROM daily_uses WHERE subject = $1 AND tool = 'draft'`
    expect(await ask(dataDir, uses, [userId])).toEqual([{ used: 0 }])
    expect(await booksOf(dataDir, userId)).toEqual({ credits: 20, ledger: 20 })
  }
})
