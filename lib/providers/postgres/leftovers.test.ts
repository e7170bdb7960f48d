import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { loadBinaries } from './binaries'
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

/** One of the processes that stay as long as the server does, and hold its shared memory. */
function isCheckpointer(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('checkpointer')
}

const KILLED = 'ending PostgreSQL processes whose server was killed'

for (const { name, ends } of [
  { name: 'that end by themselves are waited for', ends: true },
  { name: 'that do not end are killed', ends: false },
]) {
  test(`processes of a killed server ${name}`, async () => {
    const dataDir = await newDataDir()
    const first = await new Inkwell(dataDir).ready()
    const postmaster = await livingPostmaster(dataDir)
    // Not just any child: a connection's own process ends with its client.
    const straggler = (await serversOf(clusterOf(dataDir))).find(isCheckpointer) ?? 0
    expect(straggler).toBeGreaterThan(0)
    await first.kill()
    process.kill(straggler, 'SIGSTOP')
    process.kill(postmaster, 'SIGKILL')
    await expect.poll(() => serversOf(clusterOf(dataDir))).toEqual([straggler])

    const second = new Inkwell(dataDir)
    // The premise: PostgreSQL does not start beside it.
    const log = () => readFile(path.join(dataDir, 'postgres.log'), 'utf8')
    await expect.poll(log, { intervals: [20] }).toContain('pre-existing shared memory block')
    if (ends) {
      expect(second.lines.map((line) => line.event)).not.toContain('ready')
      process.kill(straggler, 'SIGCONT')
    }
    await second.ready()
    expect(second.said(KILLED)).toBe(ends ? 0 : 1)
    expect(await serversOf(clusterOf(dataDir))).not.toContain(straggler)
    expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
  })
}

for (const { name, owner } of [
  { name: 'that names nobody', owner: 'nobody' },
  { name: 'whose PID belongs to somebody else by now', owner: 'stranger' },
  { name: 'that a power failure left empty', owner: 'empty' },
]) {
  test(`a lock file of a killed server ${name} is no obstacle`, async () => {
    const dataDir = await newDataDir()
    const first = await new Inkwell(dataDir).ready()
    const postmaster = await livingPostmaster(dataDir)
    await first.kill()
    process.kill(postmaster, 'SIGKILL')
    await noServers(dataDir)

    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
    const leftovers = [
      path.join(clusterOf(dataDir), 'postmaster.pid'),
      path.join(dataDir, 'run/.s.PGSQL.5432.lock'),
    ]
    try {
      const [, ...rest] = await pidFile(dataDir)
      expect(rest.length).toBeGreaterThan(5)
      for (const file of leftovers) {
        expect((await stat(file)).size).toBeGreaterThan(0)
        if (owner === 'stranger') await writeFile(file, [stranger.pid, ...rest].join('\n'))
        if (owner === 'empty') await writeFile(file, '')
      }
      // The premise: left alone, PostgreSQL refuses a PID that lives and an empty file.
      if (owner !== 'nobody') expect(await refusal(dataDir)).toContain('lock file "postmaster.pid"')

      await new Inkwell(dataDir).ready()
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
      expect(await livingPostmaster(dataDir)).not.toBe(postmaster)
    } finally {
      stranger.kill('SIGKILL')
    }
  })
}

/** What PostgreSQL says by itself about the cluster. */
async function refusal(dataDir: string): Promise<string> {
  const [program, ...args] = (await loadBinaries()).postgres
  const run = spawnSync(program, [...args, '-D', clusterOf(dataDir), '-c', 'listen_addresses='], {
    encoding: 'utf8',
  })
  expect(run.status).toBe(1)
  return run.stderr
}
