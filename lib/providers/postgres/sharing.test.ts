import { rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { Client } from 'pg'
import { cleanUp, clusterOf, Inkwell, livingPostmaster, newDataDir, noServers } from './embedded.harness'
import { keepLogShort } from './logfile'
import { serversOf } from './process'

test.describe.configure({ timeout: 180_000 })
test.afterEach(cleanUp)

const STARTED = 'the embedded PostgreSQL was started'
const MADE = 'making the embedded PostgreSQL database'
const total = (inkwells: Inkwell[], message: string) =>
  inkwells.reduce((sum, each) => sum + each.said(message), 0)

test('processes that start at once on an empty data directory make one cluster and share one server', async () => {
  const dataDir = await newDataDir()
  const all = [new Inkwell(dataDir), new Inkwell(dataDir), new Inkwell(dataDir)]
  const starts = new Set<string>()
  for (const each of all) starts.add(String(await each.query('SELECT pg_postmaster_start_time()')))
  expect(starts.size).toBe(1)
  expect(total(all, MADE)).toBe(1)
  expect(total(all, STARTED)).toBe(1)
  expect(
    await all[0]?.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'inkwell-hold'"),
  ).toEqual(['3'])
})

test('processes that start at once on a stopped cluster share one server', async () => {
  const dataDir = await newDataDir()
  await (await new Inkwell(dataDir).ready()).stop()
  await noServers(dataDir)
  const all = [new Inkwell(dataDir), new Inkwell(dataDir), new Inkwell(dataDir)]
  for (const each of all) await each.ready()
  expect(total(all, MADE)).toBe(0)
  expect(total(all, STARTED)).toBe(1)
})

test('a server that dies while Inkwell lives is started again in the same place, by one of all', async () => {
  const dataDir = await newDataDir()
  const all = [await new Inkwell(dataDir).ready(), await new Inkwell(dataDir).ready()]
  await all[0]?.query('CREATE TABLE note AS SELECT 1 AS id')
  expect(total(all, STARTED)).toBe(1)

  for (const round of [2, 3]) {
    const postmaster = await livingPostmaster(dataDir)
    process.kill(postmaster, 'SIGKILL')
    await expect.poll(() => total(all, STARTED)).toBe(round)
    expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
    for (const each of all) expect(await each.query('SELECT id FROM note')).toEqual(['1'])
  }
  await sleep(2000)
  expect(total(all, STARTED)).toBe(3)

  // Both use the new server: the first to leave does not take it along.
  const postmaster = await livingPostmaster(dataDir)
  await all[0]?.stop()
  expect(await livingPostmaster(dataDir)).toBe(postmaster)
  await all[1]?.stop()
  await noServers(dataDir)
})

test('the last to stop stops the server, whoever started it', async () => {
  const dataDir = await newDataDir()
  const starter = await new Inkwell(dataDir).ready()
  const joiner = await new Inkwell(dataDir).ready()
  expect([starter.said(STARTED), joiner.said(STARTED)]).toEqual([1, 0])
  const postmaster = await livingPostmaster(dataDir)
  await starter.stop()
  expect(await livingPostmaster(dataDir)).toBe(postmaster)
  expect(await joiner.query('SELECT 1')).toEqual(['1'])
  await joiner.stop()
  await noServers(dataDir)
})

test('of processes that stop at once the last one stops the server, and nothing brings it back', async () => {
  const dataDir = await newDataDir()
  const all = [new Inkwell(dataDir), new Inkwell(dataDir), new Inkwell(dataDir)]
  for (const each of all) await each.ready()
  await livingPostmaster(dataDir)
  await Promise.all(all.map((each) => each.stop()))
  expect(await serversOf(clusterOf(dataDir))).toEqual([])
  expect(total(all, 'the embedded PostgreSQL was stopped')).toBe(1)
  await sleep(2000)
  expect(await serversOf(clusterOf(dataDir))).toEqual([])
})

test('a process that starts while the last one stops gets a server that stays', async () => {
  const dataDir = await newDataDir()
  let last = await new Inkwell(dataDir).ready()
  for (const delay of [300, 450, 600]) {
    const next = new Inkwell(dataDir)
    await sleep(delay)
    await last.stop()
    await next.ready()
    await sleep(300)
    expect(await next.query('SELECT 1')).toEqual(['1'])
    last = next
  }
})

test('stop waits for nothing although the server was killed just before, and none comes back', async () => {
  const dataDir = await newDataDir()
  const inkwell = await new Inkwell(dataDir).ready()
  process.kill(await livingPostmaster(dataDir), 'SIGKILL')
  await inkwell.stop()
  // Each time that its patience with a server ends, it says so.
  const troubles = inkwell.lines.filter(({ message = '' }) =>
    /lets nobody in|was killed|could not/.test(message),
  )
  expect(troubles).toEqual([])
  await noServers(dataDir)
})

test('open connections do not hold up the stop', async () => {
  const dataDir = await newDataDir()
  const inkwell = await new Inkwell(dataDir).ready()
  const client = new Client((await inkwell.event('ready')).connection)
  client.on('error', () => {})
  await client.connect()
  const sleeping = client.query('SELECT pg_sleep(60)').catch((error: Error) => error.message)
  await expect
    .poll(() => inkwell.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)'"))
    .not.toEqual([])
  await inkwell.stop()
  // By the fast way of stopping, not by the last resort.
  expect(await sleeping).toContain('terminating connection due to administrator command')
})

test('a server whose socket was removed is replaced, and those who use it follow', async () => {
  const dataDir = await newDataDir()
  const first = await new Inkwell(dataDir).ready()
  const postmaster = await livingPostmaster(dataDir)
  await rm(path.join(dataDir, 'run/.s.PGSQL.5432'))
  await expect(first.query('SELECT 1')).rejects.toThrow('ENOENT')

  const second = await new Inkwell(dataDir).ready()
  expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
  await expect
    .poll(() => second.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
    .toEqual(['2'])
  expect(await first.query('SELECT 1')).toEqual(['1'])
})

test('the log of a running server is cut when it has grown long, and kept once', async () => {
  const dataDir = await newDataDir()
  const inkwell = await new Inkwell(dataDir).ready()
  const log = path.join(dataDir, 'postgres.log')
  const short = (await stat(log)).size
  await writeFile(log, 'x'.repeat(11 * 1024 * 1024), { flag: 'a' })
  await keepLogShort(log, (work) => work())
  expect((await stat(log)).size).toBe(0)
  expect((await stat(`${log}.1`)).size).toBe(short + 11 * 1024 * 1024)
  // The server goes on at the new end of its log, and not behind a hole.
  await inkwell.query('SELECT nonsense').catch(() => {})
  await expect.poll(async () => (await stat(log)).size).toBeGreaterThan(0)
  expect((await stat(log)).size).toBeLessThan(10_000)
})
