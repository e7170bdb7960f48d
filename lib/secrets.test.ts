import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { test as base, expect } from '@playwright/test'

const run = promisify(execFile)

const test = base.extend<{ place: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures this one uses
  place: async ({}, use) => {
    const place = mkdtempSync(path.join(tmpdir(), 'inkwell-secrets-'))
    await use(place)
    rmSync(place, { recursive: true })
  },
})

/** The secrets of an Inkwell that starts on this data directory, in a process of its own. */
async function secretsOf(dataDir: string, given = ''): Promise<string[]> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'lib/secrets.fixture.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', DATA_DIR: dataDir, SESSION_SECRET: given },
  })
  return JSON.parse(stdout) as string[]
}

test('instances that start at once end with one secret, and keep it', async ({ place }) => {
  const dataDir = path.join(place, 'data')
  const started = await Promise.all(Array.from({ length: 6 }, () => secretsOf(dataDir)))
  const [secret = ''] = started[0] ?? []
  expect(secret).toMatch(/^[\w-]{43}$/)
  for (const one of started) expect(one).toEqual([secret])
  expect(await secretsOf(dataDir)).toEqual([secret])

  const folder = path.join(dataDir, 'secrets')
  expect(readdirSync(folder)).toEqual(['session'])
  expect(readFileSync(path.join(folder, 'session'), 'utf8')).toBe(secret)
  // Nobody else on the machine may look into it.
  expect(statSync(dataDir).mode & 0o077).toBe(0)
  expect(statSync(folder).mode & 0o077).toBe(0)
  expect(statSync(path.join(folder, 'session')).mode & 0o077).toBe(0)
})

test('installs have secrets of their own', async ({ place }) => {
  const [one, other] = await Promise.all(['a', 'b'].map((name) => secretsOf(path.join(place, name))))
  expect(one).not.toEqual(other)
})

test('secrets of the environment are taken, newest first, and none is kept', async ({ place }) => {
  const [newest, older] = ['n'.repeat(32), 'o'.repeat(32)]
  expect(await secretsOf(place, `${newest},${older}`)).toEqual([newest, older])
  expect(readdirSync(place)).toEqual([])
})
