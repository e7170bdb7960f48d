import { mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serversOf } from '@/lib/providers/postgres/process'
import { BASIC, HOME, SPARE_PORT } from '../fixtures/env'
import { signUp } from '../fixtures/pages'
import { expectProblem } from '../fixtures/problem'
import { ask, isAlive, type Product, postmasterPid } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { apiWith } from '../fixtures/test'

const port = SPARE_PORT + 4

for (const [name, value, complaint] of [
  ['DATABASE_URL', 'mysql://localhost/x', 'must start with postgresql://'],
  ['DATABASE_URL', 'postgresql://u:hunter2@h:notaport/db', 'must be an address such as'],
  ['SPEND_CAP_CREDITS_PER_DAY', ' ', 'must be a number of credits'],
  ['SMTP_URL', 'http://u:hunter2@mail.example', 'must be an address such as'],
  // A file, and a place below one, where not even root can make a folder.
  ['DATA_DIR', 'package.json', 'must be a folder that can be written into (EEXIST)'],
  ['DATA_DIR', '/dev/null/inkwell', 'must be a folder that can be written into (ENOTDIR)'],
  ['PORT', 'http', 'must be a port number'],
  ['AI_BASE_URL', 'localhost:11434', 'must be an http:// or https:// URL'],
  ['GENERATION_LEASE_MS', 'soon', 'milliseconds'],
  ['TRUSTED_PROXIES', '10.0.0.0/8,proxy', 'addresses or CIDRs'],
  ['SESSION_SECRET', 'short', 'at least 32 characters'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL'],
] as const) {
  test(`a bad ${name} (${value}) stops the start and is named`, async ({ spawnProduct }) => {
    const dataDir = mkdtempSync(path.join(HOME, 'env-'))
    const product = spawnProduct(port, { DATA_DIR: dataDir, [name]: value })
    expect(await product.exited).toBe(1)
    expect(product.output()).toContain(`${name}: `)
    expect(product.output()).toContain(complaint)
    expect(product.output()).not.toContain('hunter2')
  })
}

const socket = encodeURIComponent(path.join(BASIC.dataDir, 'run'))
for (const { what, DATABASE_URL, says } of [
  {
    what: 'a database that can’t be reached',
    DATABASE_URL: 'postgresql://inkwell:hunter2@127.0.0.1:9/none',
    says: 'ECONNREFUSED',
  },
  {
    what: 'a database that is not there',
    DATABASE_URL: `postgresql://inkwell:hunter2@localhost/none?host=${socket}`,
    says: 'database "none" does not exist',
  },
]) {
  test(`${what} stops the start, and says so`, async ({ spawnProduct }) => {
    const product = spawnProduct(port, { DATA_DIR: mkdtempSync(path.join(HOME, 'none-')), DATABASE_URL })
    expect(await product.exited).toBe(1)
    expect(product.output()).toContain('DATABASE_URL: must name a database that can be reached')
    expect(product.output()).toContain(says)
    expect(product.output()).not.toContain('hunter2')
  })
}

test('what .env says counts, PORT too where the environment has an empty one, and CORS_ORIGINS on every answer', async ({
  startProduct,
}) => {
  // What was built, in a folder with a file of its own beside it.
  const folder = mkdtempSync(path.join(HOME, 'dotenv-'))
  for (const entry of readdirSync(process.cwd()).filter((one) => !/^\.(git|env|data)/.test(one)))
    symlinkSync(path.join(process.cwd(), entry), path.join(folder, entry))
  writeFileSync(path.join(folder, '.env'), `PORT=${port}\nCORS_ORIGINS=https://a.example,https://b.example\n`)
  const env = { PORT: '', APP_URL: '', DATA_DIR: mkdtempSync(path.join(HOME, 'port-')) }
  const product = await startProduct(port, env, folder)
  // And the rest of the product takes it for that.
  const problem = await expectProblem(await fetch(`${product.url}/api/nothing`), 'not_found')
  expect(problem.type).toContain(`http://localhost:${port}/`)

  const api = apiWith(null, product.url)
  const answered = { 'https://b.example': 'https://b.example', 'https://evil.example': 'https://a.example' }
  for (const [Origin, allowed] of Object.entries(answered)) {
    for (const [method, path] of [
      ['GET', '/api/posts'],
      ['GET', '/api/usage'],
      ['GET', '/api/nothing'],
      ['OPTIONS', '/api/posts'],
    ] as const) {
      const { headers } = await api(path, { method, headers: { Origin } })
      expect(headers.get('access-control-allow-origin'), `${Origin} ${method} ${path}`).toBe(allowed)
      expect(headers.get('vary')).toMatch(/\bOrigin\b/)
    }
  }
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})

test('a start that fails, or is told to stop, leaves no database behind, nor takes away that of another', async ({
  spawnProduct,
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'half-'))
  const one = await startProduct(port, { DATA_DIR: dataDir })
  const postmaster = await postmasterPid(dataDir)
  // Whoever starts from now on gets as far as its migrations, and no further.
  await ask(
    dataDir,
    `ALTER TABLE _prisma_migrations RENAME TO kept;
     CREATE VIEW _prisma_migrations AS SELECT kept.* FROM kept, pg_sleep(600)`,
  )
  const sleeping = () =>
    ask(dataDir, `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`).catch(() => [])
  const halfway = async (at: number) => {
    const product = spawnProduct(at, { DATA_DIR: dataDir })
    await expect.poll(sleeping).toHaveLength(1)
    return product
  }
  const fail = (product: Product) => {
    const cancel = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`
    return ask(dataDir, cancel).then(() => product.exited)
  }
  const servers = () => serversOf(path.join(dataDir, 'postgres'))

  const beside = await halfway(port + 1)
  expect(await fail(beside)).toBe(1)
  expect(beside.output()).toContain("Inkwell can't start. canceling statement")
  expect(isAlive(postmaster)).toBe(true)
  expect((await fetch(`${one.url}/api/health?ready=1`)).status).toBe(200)
  one.kill('SIGTERM')
  expect(await one.exited).toBe(0)
  expect(await servers()).toEqual([])

  expect(await fail(await halfway(port))).toBe(1)
  expect(await servers()).toEqual([])

  const interrupted = await halfway(port)
  interrupted.kill('SIGTERM')
  expect(await interrupted.exited).toBe(0)
  expect(await servers()).toEqual([])
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
  const migrated = () => /"time":"([^"]+)"[^\n]*database migrated/.exec(product.output())?.[1] ?? ''
  expect(answer).toMatchObject({ status: 503, code: 'unavailable' })
  await expect.poll(migrated).not.toBe('')
  expect(answer.connectedAt).toBeLessThan(Date.parse(migrated()))

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
  // It still fetches ahead, which would be refused.
  await page.goto('about:blank')
  product.kill('SIGTERM')
  expect(await product.exited).toBe(0)
})
