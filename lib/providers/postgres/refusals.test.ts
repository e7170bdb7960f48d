import { statSync } from 'node:fs'
import { chmod, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { cleanUp, clusterOf, Inkwell, livingPostmaster, newDataDir, noServers } from './embedded.harness'
import { serversOf } from './process'

test.describe.configure({ timeout: 180_000 })
test.afterEach(cleanUp)

const NOBODY = 65534
const isRoot = process.geteuid?.() === 0
/** Below a home that is closed to others, another user can't even reach the program. */
const isClosed = ancestorsOf(process.cwd()).some((directory) => (statSync(directory).mode & 0o001) === 0)

function ancestorsOf(directory: string): string[] {
  const parent = path.dirname(directory)
  return parent === directory ? [directory] : [directory, ...ancestorsOf(parent)]
}

for (const { name, directory, inTmp } of [
  { name: 'spaces, umlauts, commas and quotes', directory: `a b, "ü' $x;%s`, inTmp: false },
  { name: 'a path too long for a socket', directory: `${'deep/'.repeat(30)}data`, inTmp: true },
]) {
  test(`a data directory with ${name} works, also for a second process and after a kill`, async () => {
    const dataDir = await newDataDir(directory)
    const first = await new Inkwell(dataDir).ready()
    const { connection } = await first.event('ready')
    expect(connection?.host.startsWith(dataDir)).toBe(!inTmp)
    expect((await stat(connection?.host ?? '')).mode & 0o777).toBe(0o700)
    const postmaster = await livingPostmaster(dataDir)
    // Another TMPDIR must not make it look for the socket elsewhere.
    const second = await new Inkwell(dataDir, { env: { TMPDIR: path.dirname(dataDir) } }).ready()
    expect((await second.event('ready')).connection).toEqual(connection)
    expect(await livingPostmaster(dataDir)).toBe(postmaster)
    process.kill(postmaster, 'SIGKILL')
    await expect.poll(() => second.query('SELECT 1').catch(() => [])).toEqual(['1'])
    expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
    await first.stop()
    await second.stop()
    await noServers(dataDir)
    if (inTmp) await rm(connection?.host ?? '', { recursive: true })
  })
}

test('an ordinary user is served without a user namespace', async () => {
  test.skip(!isRoot, 'every other test is this one, when it is not root that runs them')
  test.skip(isClosed, 'another user can’t reach this checkout')
  const dataDir = await newDataDir('data', NOBODY)
  const inkwell = await new Inkwell(dataDir, { uid: NOBODY, env: { PATH: '/nonexistent' } }).ready()
  const postmaster = await livingPostmaster(dataDir)
  await inkwell.kill()
  const second = await new Inkwell(dataDir, { uid: NOBODY }).ready()
  expect(await livingPostmaster(dataDir)).toBe(postmaster)
  await second.stop()
  await noServers(dataDir)
})

test('a data directory of another user is refused', async () => {
  test.skip(!isRoot, 'it takes root to be two users')
  test.skip(isClosed, 'another user can’t reach this checkout')
  const dataDir = await newDataDir('data', NOBODY)
  await (await new Inkwell(dataDir, { uid: NOBODY }).ready()).stop()
  expect(await new Inkwell(dataDir).failure()).toContain('must be a directory that belongs to the user')
})

test('root without user namespaces is told the two ways out', async () => {
  test.skip(!isRoot, 'only root needs a user namespace')
  const dataDir = await newDataDir()
  const programs = path.join(path.dirname(dataDir), 'bin')
  await mkdir(programs)
  const withoutProgram = new Inkwell(dataDir, { env: { PATH: programs } })
  const said = await withoutProgram.failure()
  expect(said).toContain('Start Inkwell as another user, or set DATABASE_URL')

  // What a container without the right says.
  const refusal = 'unshare: unshare failed: Operation not permitted'
  await writeFile(path.join(programs, 'unshare'), `#!/bin/sh\necho '${refusal}' >&2\nexit 1\n`, {
    mode: 0o755,
  })
  const withoutRight = await new Inkwell(dataDir, { env: { PATH: programs } }).failure()
  expect(withoutRight).toContain(refusal)
  expect(withoutRight).toContain('Start Inkwell as another user, or set DATABASE_URL')
})

test('a cluster of another major version is left alone and named', async () => {
  const dataDir = await newDataDir()
  await (await new Inkwell(dataDir).ready()).stop()
  await writeFile(path.join(clusterOf(dataDir), 'PG_VERSION'), '17\n')
  const said = await new Inkwell(dataDir).failure()
  expect(said).toContain('made by PostgreSQL 17, and this Inkwell brings 18')
  expect(said).toContain('DATABASE_URL')
  expect(await serversOf(clusterOf(dataDir))).toEqual([])
})

test('something else in the place of the cluster is left alone', async () => {
  const dataDir = await newDataDir()
  await mkdir(clusterOf(dataDir), { recursive: true })
  await writeFile(path.join(clusterOf(dataDir), 'diary.txt'), 'mine')
  expect(await new Inkwell(dataDir).failure()).toContain('neither empty nor a PostgreSQL cluster')
})

test('a socket directory that is open to others, or a link, is refused', async () => {
  const open = await newDataDir()
  await mkdir(path.join(open, 'run'), { recursive: true })
  await chmod(path.join(open, 'run'), 0o755)
  expect(await new Inkwell(open).failure()).toContain('chmod 700')

  const linked = await newDataDir()
  await mkdir(path.join(linked, 'elsewhere'), { recursive: true, mode: 0o700 })
  await symlink('elsewhere', path.join(linked, 'run'))
  expect(await new Inkwell(linked).failure()).toContain('must be a directory that belongs to the user')
})

test('what PostgreSQL says when it refuses its configuration is passed on', async () => {
  const dataDir = await newDataDir()
  await (await new Inkwell(dataDir).ready()).stop()
  await writeFile(path.join(clusterOf(dataDir), 'postgresql.auto.conf'), "shared_buffers = 'plenty'\n")
  expect(await new Inkwell(dataDir).failure()).toMatch(
    /did not start: .*invalid value for parameter "shared_buffers"/,
  )
})
