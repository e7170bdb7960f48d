import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import pg from 'pg'
import { newId } from '@/lib/ids'
import { embeddedIn } from '../fixtures/database'
import { HOME, SPARE_PORT, serverEnv } from '../fixtures/env'
import { signUp } from '../fixtures/pages'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { foldersIn, orphansIn } from '../fixtures/stored-files'
import { ghostExport, ghostPost } from '../fixtures/transfer/ghost'

const port = SPARE_PORT + 74
const run = promisify(execFile)

const POSTS = 40
/** Begun with this name, so that two imports of one test don't meet. */
const site = (name: string) => ({
  name: `${name}.json`,
  mimeType: 'application/json',
  buffer: Buffer.from(
    ghostExport({
      posts: Array.from({ length: POSTS }, (_, n) =>
        ghostPost({ id: String(n), uuid: newId(), title: `${name} ${n}`, slug: `${name}-${n}` }),
      ),
    }),
  ),
})

/** Somebody else takes an address and does not say yet whether they keep it: an import comes as far as that, and waits. */
async function holdAddress(dataDir: string, slug: string): Promise<() => Promise<void>> {
  const client = new pg.Client(embeddedIn(dataDir))
  await client.connect()
  const author = newId()
  await client.query('BEGIN')
  await client.query(`INSERT INTO users (id, email, name, password_hash) VALUES ($1, $2, 'Bea', '')`, [
    author,
    `${author}@example.com`,
  ])
  await client.query(`INSERT INTO posts (id, author_id, title, content, slug) VALUES ($1, $2, 'x', '', $3)`, [
    newId(),
    author,
    slug,
  ])
  return async () => {
    await client.query('ROLLBACK')
    await client.end()
  }
}

async function sendFile(page: Page, server: string, file: ReturnType<typeof site>): Promise<void> {
  await page.goto(`${server}/dashboard/transfer`)
  await page.getByLabel('File').setInputFiles(file)
  await page.getByRole('button', { name: 'Import' }).click()
  await page.waitForURL(/\/dashboard\/transfer\/[\w-]{36}$/)
}

test('an import whose server is killed or stopped goes on at the next start, and makes nothing twice', async ({
  page,
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'transfer-'))
  const env = { DATA_DIR: dataDir, GENERATION_LEASE_MS: '2000', SWEEP_INTERVAL_MS: '500' }
  const titles = async () =>
    (await ask<{ title: string }>(dataDir, 'SELECT title FROM posts')).map(({ title }) => title)
  const running = () => ask(dataDir, `SELECT FROM imports WHERE status = 'running'`)

  const first = await startProduct(port, env)
  await signUp(page, { name: 'Olga', email: 'olga@example.com' }, first.url)
  const letKillGoOn = await holdAddress(dataDir, 'killed-20')
  await sendFile(page, first.url, site('killed'))
  const report = page.url()
  await expect.poll(titles).toHaveLength(20)
  await expect(page.getByText('20 made')).toBeVisible()
  await page.goto('about:blank')
  first.kill('SIGKILL')
  await first.exited
  await letKillGoOn()

  const second = await startProduct(port, env)
  await page.goto(report)
  await expect(page.getByText(`${POSTS} made`)).toBeVisible()
  await expect(page.getByText('Succeeded')).toBeVisible()
  expect(new Set(await titles()).size).toBe(POSTS)
  expect(await titles()).toHaveLength(POSTS)
  // Its file is not kept.
  await expect.poll(() => foldersIn(dataDir)).toEqual([])
  await expect.poll(() => orphansIn(dataDir)).toEqual([])

  // A stop lets the post under way be finished, and leaves the rest to the next start.
  const letStopGoOn = await holdAddress(dataDir, 'stopped-20')
  await sendFile(page, second.url, site('stopped'))
  await expect.poll(titles).toHaveLength(POSTS + 20)
  await page.goto('about:blank')
  second.kill('SIGTERM')
  await expect.poll(async () => (await fetch(`${second.url}/api/health?ready=1`)).status).toBe(503)
  await letStopGoOn()
  expect(await second.exited).toBe(0)

  const third = await startProduct(port, env)
  await expect.poll(running).toEqual([])
  expect(await titles()).toHaveLength(2 * POSTS)
  expect(new Set(await titles()).size).toBe(2 * POSTS)
  const begun = await ask<{ fence: number }>(dataDir, 'SELECT fence FROM imports')
  expect(begun).toEqual([{ fence: 2 }, { fence: 2 }])
  third.kill('SIGTERM')
  expect(await third.exited).toBe(0)
})

test('an operator imports a folder, while the product runs', async ({ page, startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'import-'))
  const product = await startProduct(port + 1, { DATA_DIR: dataDir })
  await signUp(page, { name: 'Olga', email: 'olga@example.com' }, product.url)
  const folder = mkdtempSync(path.join(HOME, 'site-'))
  mkdirSync(path.join(folder, 'posts'))
  writeFileSync(
    path.join(folder, 'posts', 'one.md'),
    '---\ntitle: One\ndate: 2020-01-02\nauthor: Ada\n---\nText.',
  )
  writeFileSync(path.join(folder, 'posts', 'two.md'), '---\ntitle: [\n---\n')

  const command = (...args: string[]) => {
    const env = { ...process.env, ...serverEnv, DATA_DIR: dataDir, APP_URL: product.url }
    return run('tsx', ['--conditions=react-server', 'scripts/import.ts', ...args], { env }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stderr, stdout }: { code: number; stdout: string; stderr: string }) => ({
        code,
        said: stdout + stderr,
      }),
    )
  }
  const done = await command('--user', 'Olga@example.com', folder)
  expect(done.code).toBe(0)
  expect(done.said).toContain('two.md (refused)\n  two.md, line 3: Its front matter is no valid YAML')
  expect(done.said).toContain(
    'One (made)\n  Its front matter says what has no place here, and was left out: author.',
  )
  expect(done.said).toContain('1 made, 0 already there, 1 refused.')
  expect((await command('--user', 'olga@example.com', folder)).said).toContain(
    '0 made, 1 already there, 1 refused.',
  )
  await page.goto(`${product.url}/dashboard/posts`)
  await expect(page.getByRole('link', { name: 'One' })).toBeVisible()

  expect(await command('--user', 'nobody@example.com', folder)).toEqual({
    code: 1,
    said: 'There is no such account.\n',
  })
  expect(await command('--user', 'olga@example.com', '--site', 'not a site', folder)).toEqual({
    code: 1,
    said: 'not a site is no address of a site.\n',
  })
  expect(await command(folder)).toEqual({
    code: 1,
    said: 'Usage: npm run import -- --user EMAIL [--site ADDRESS] PATH\n',
  })
  const missing = path.join(folder, 'missing')
  expect(await command('--user', 'olga@example.com', missing)).toEqual({
    code: 1,
    said: `There is no ${missing}.\n`,
  })
})
