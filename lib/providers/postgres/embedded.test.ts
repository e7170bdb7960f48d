import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import {
  cleanUp,
  clusterOf,
  Inkwell,
  livingPostmaster,
  newDataDir,
  noServers,
  pidFile,
} from './embedded.harness'
import { serversOf } from './process'

test.describe.configure({ timeout: 180_000 })
test.afterEach(cleanUp)

test('an empty data directory becomes a database behind a private socket, and stop ends its server', async () => {
  const dataDir = await newDataDir()
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
  const inkwell = await new Inkwell(dataDir).ready()

  expect(await inkwell.query('SELECT current_database(), current_user')).toEqual(['inkwell,inkwell'])
  expect(await inkwell.query("SELECT current_setting('fsync'), current_setting('max_connections')")).toEqual([
    'on,100',
  ])
  expect(await inkwell.query("SELECT '[' || current_setting('listen_addresses') || ']'")).toEqual(['[]'])
  expect(await inkwell.query("SELECT lower('ÄÖ'), 'Ü' ILIKE 'ü', current_setting('TimeZone')")).toEqual([
    'äö,true,UTC',
  ])
  for (const private_ of ['run', 'postgres']) {
    expect((await stat(path.join(dataDir, private_))).mode & 0o777).toBe(0o700)
  }
  expect((await stat(path.join(dataDir, 'postgres.log'))).size).toBeGreaterThan(0)
  expect(await serversOf(clusterOf(dataDir))).not.toEqual([])

  await inkwell.stop()
  expect(await serversOf(clusterOf(dataDir))).toEqual([])
  expect(await pidFile(dataDir)).toEqual([''])
})

test('a server that outlived its killed Inkwell is used by the next one', async () => {
  const dataDir = await newDataDir()
  const first = await new Inkwell(dataDir).ready()
  await first.query('CREATE TABLE note AS SELECT 1 AS id')
  const postmaster = await livingPostmaster(dataDir)
  await first.kill()
  expect(await livingPostmaster(dataDir)).toBe(postmaster)

  const second = await new Inkwell(dataDir).ready()
  expect(await livingPostmaster(dataDir)).toBe(postmaster)
  expect(await second.query('SELECT id FROM note')).toEqual(['1'])
  await second.stop()
  await noServers(dataDir)
})

test('a Ctrl-C in the terminal of Inkwell does not reach its server', async () => {
  const dataDir = await newDataDir()
  const inkwell = await new Inkwell(dataDir).ready()
  const postmaster = await livingPostmaster(dataDir)
  process.kill(-(inkwell.child.pid ?? 0), 'SIGINT')
  await expect.poll(() => inkwell.child.signalCode).toBe('SIGINT')
  await sleep(1000)
  expect(await livingPostmaster(dataDir)).toBe(postmaster)
})

test('when Inkwell and its server were both killed, what was committed is recovered', async () => {
  const dataDir = await newDataDir()
  const first = await new Inkwell(dataDir).ready()
  await first.query('CREATE TABLE note AS SELECT generate_series(1, 1000) AS id')
  const postmaster = await livingPostmaster(dataDir)
  await first.kill()
  process.kill(postmaster, 'SIGKILL')

  const second = await new Inkwell(dataDir).ready()
  expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
  expect(await second.query('SELECT count(*) FROM note')).toEqual(['1000'])
})

test('a server that is shutting down is waited for, and a new one started', async () => {
  const dataDir = await newDataDir()
  const first = await new Inkwell(dataDir).ready()
  const postmaster = await livingPostmaster(dataDir)
  process.kill(postmaster, 'SIGTERM')
  await expect.poll(async () => (await pidFile(dataDir))[7]).toBe('stopping')

  const second = new Inkwell(dataDir)
  await sleep(2000)
  expect(second.lines.map((line) => line.event)).not.toContain('ready')
  expect(await livingPostmaster(dataDir)).toBe(postmaster)
  await first.kill()
  await second.ready()
  expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
})

test('a server that is starting up is waited for and used', async () => {
  const dataDir = await newDataDir()
  await (await new Inkwell(dataDir).ready()).stop()
  const letGo = holdNextStart(dataDir)
  const starter = new Inkwell(dataDir)
  await expect.poll(async () => (await pidFile(dataDir))[7]).toBe('starting')
  const starting = await livingPostmaster(dataDir)
  await starter.kill()

  const next = new Inkwell(dataDir)
  await sleep(2000)
  expect(next.lines.map((line) => line.event)).not.toContain('ready')
  letGo()
  await next.ready()
  expect(await livingPostmaster(dataDir)).toBe(starting)
})

/** Has the next start of the server wait for a piece of an archive, as after a restored backup, until it is let go on. */
function holdNextStart(dataDir: string): () => void {
  const held = path.join(dataDir, 'held')
  writeFileSync(held, '')
  writeFileSync(path.join(clusterOf(dataDir), 'recovery.signal'), '')
  const wait = `restore_command = 'while [ -e "${held}" ]; do sleep 0.1; done; false'\n`
  appendFileSync(path.join(clusterOf(dataDir), 'postgresql.conf'), wait)
  return () => rmSync(held)
}

test('a start that is killed while the cluster is made leaves no half cluster', async () => {
  const dataDir = await killWhileMaking()
  const second = await new Inkwell(dataDir).ready()
  expect(second.said('making the embedded PostgreSQL database')).toBe(1)
  expect(await second.query('SELECT 1')).toEqual(['1'])
  await second.stop()
  // What the orphaned initdb may have kept at first is gone with the start after that.
  await new Inkwell(dataDir).ready()
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'run'])
})

/** A data directory whose first start was killed in the middle of initdb; where it had ended by then, another. */
async function killWhileMaking(): Promise<string> {
  for (;;) {
    const dataDir = await newDataDir()
    const inkwell = new Inkwell(dataDir)
    const begun = (names: string[]) =>
      names.some((name) => /^postgres(\.new-|$)/.test(name) && existsSync(path.join(dataDir, name, 'global')))
    while (!begun(await readdir(dataDir).catch(() => []))) await sleep(5)
    await inkwell.kill()
    if (!(await readdir(dataDir)).includes('postgres')) return dataDir
  }
}

for (const moment of [300, 450, 600, 750, 900, 1050, 1200, 1400, 1700]) {
  test(`a start that is killed after ${moment} ms does not hinder the next`, async () => {
    const dataDir = await newDataDir()
    const first = new Inkwell(dataDir)
    await sleep(moment)
    await first.kill()
    const second = await new Inkwell(dataDir).ready()
    expect(await second.query('SELECT 1')).toEqual(['1'])
    await second.stop()
    await noServers(dataDir)
  })
}
