import { mkdtempSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOME, SPARE_PORT } from '../fixtures/env'
import { signUp } from '../fixtures/pages'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { apiWith } from '../fixtures/test'

const port = SPARE_PORT + 4

for (const [name, value, complaint] of [
  ['DATABASE_URL', 'mysql://localhost/x', 'must start with postgresql://'],
  ['AI_BASE_URL', 'localhost:11434', 'must be an http:// or https:// URL'],
  ['GENERATION_LEASE_MS', 'soon', 'milliseconds'],
  ['TRUSTED_PROXIES', '10.0.0.0/8,proxy', 'addresses or CIDRs'],
  ['SESSION_SECRET', 'short', 'at least 32 characters'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL'],
] as const) {
  test(`a bad ${name} stops the start and is named`, async ({ spawnProduct }) => {
    const dataDir = mkdtempSync(path.join(HOME, 'env-'))
    const product = spawnProduct(port, { DATA_DIR: dataDir, [name]: value })
    expect(await product.exited).toBe(1)
    expect(product.output()).toContain(`${name}: `)
    expect(product.output()).toContain(complaint)
  })
}

test('a database that can’t be reached stops the start, and says so', async ({ spawnProduct }) => {
  const DATABASE_URL = 'postgresql://inkwell@127.0.0.1:9/none'
  const product = spawnProduct(port, { DATA_DIR: mkdtempSync(path.join(HOME, 'none-')), DATABASE_URL })
  expect(await product.exited).toBe(1)
  expect(product.output()).toContain('ECONNREFUSED')
})

/** Asks as a visitor who writes an address into the header that only we may write; null while nobody listens. */
function askForged(url: string): Promise<{ connectedAt: number; status: number; code: string } | null> {
  return new Promise((resolve) => {
    let connectedAt = 0
    const headers = { 'Content-Type': 'application/json', 'X-Inkwell-Client-Address': '203.0.113.7' }
    const asking = request(`${url}/api/generate`, { method: 'POST', headers, agent: false }, (answer) => {
      let body = ''
      answer.on('data', (part) => {
        body += part
      })
      answer.on('end', () =>
        resolve({ connectedAt, status: answer.statusCode ?? 0, code: JSON.parse(body).code }),
      )
    })
    asking.on('socket', (socket) =>
      socket.on('connect', () => {
        connectedAt = Date.now()
      }),
    )
    asking.on('error', () => resolve(null))
    asking.end(JSON.stringify({ tool: 'titles', text: 'A lighthouse.' }))
  })
}

test('who comes while it is still starting can’t choose an address', async ({ spawnProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'early-'))
  const product = spawnProduct(port, { DATA_DIR: dataDir, LOG_LEVEL: 'info' })
  let answer = await askForged(product.url)
  while (!answer) {
    await sleep(20)
    answer = await askForged(product.url)
  }
  // It listened before it had made its database.
  const migrated = /"time":"([^"]+)"[^\n]*database migrated/.exec(product.output())?.[1] ?? ''
  expect(answer).toMatchObject({ status: 503, code: 'unavailable' })
  expect(answer.connectedAt).toBeLessThan(Date.parse(migrated))

  const json = { tool: 'titles', text: 'A lighthouse.' }
  const visitor = apiWith(null, product.url)
  expect((await visitor('/api/generate', { method: 'POST', json })).status).toBe(200)
  expect(await ask(dataDir, 'SELECT count(*)::int AS n FROM generations')).toEqual([{ n: 1 }])
})

test('the first account on an empty install is its operator, the second is not', async ({
  page,
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'first-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  for (const name of ['First', 'Second']) {
    await signUp(page, { name, email: `${name}@example.com` }, product.url)
    await page.context().clearCookies()
  }
  const people = await ask(dataDir, 'SELECT name, role, credits FROM users ORDER BY created_at')
  expect(people).toEqual([
    { name: 'First', role: 'operator', credits: 20 },
    { name: 'Second', role: 'writer', credits: 20 },
  ])
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})
