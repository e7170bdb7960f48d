import { type ChildProcess, spawn } from 'node:child_process'
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from '@playwright/test'
import { Client } from 'pg'
import type { EmbeddedPostgres } from '@/lib/providers/postgres'
import { serversOf, signal } from '@/lib/providers/postgres/process'

type Line = { event: string; message?: string; connection?: EmbeddedPostgres['connection']; pids?: number[] }
type Start = { env?: Record<string, string>; uid?: number }

const FIXTURE = path.resolve('lib/providers/postgres/embedded.fixture.ts')
const places: { place: string; dataDir: string }[] = []
const children: ChildProcess[] = []

/** A data directory that does not exist yet, in a place of its own. */
export async function newDataDir(name = 'data', uid = process.getuid?.() ?? 0): Promise<string> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'inkwell-test-'))
  const dataDir = path.join(place, name)
  places.push({ place, dataDir })
  await mkdir(path.dirname(dataDir), { recursive: true })
  await chown(place, uid, uid)
  return dataDir
}

/** A process that uses the embedded PostgreSQL of the directory, as the application does. */
export class Inkwell {
  readonly lines: Line[] = []
  readonly child: ChildProcess

  constructor(dataDir: string, { env = {}, uid }: Start = {}) {
    this.child = spawn(process.execPath, ['--import', 'tsx', FIXTURE, dataDir], {
      env: { ...process.env, ...env },
      // In a process group of its own, which a test can interrupt as a terminal would.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(uid !== undefined && { uid, gid: uid }),
    })
    children.push(this.child)
    const stdout = this.child.stdout
    if (stdout) createInterface(stdout).on('line', (line) => this.lines.push(JSON.parse(line)))
  }

  said(message: string): number {
    return this.lines.filter((line) => line.message?.includes(message)).length
  }

  async event(name: string): Promise<Line> {
    const find = () => this.lines.find((line) => line.event === name)
    await expect.poll(find, { timeout: 100_000, message: `${name} of PID ${this.child.pid}` }).toBeTruthy()
    return find() as Line
  }

  async ready(): Promise<this> {
    await this.event('ready')
    return this
  }

  /** The text of the error the start ended with. */
  async failure(): Promise<string> {
    return (await this.event('failed')).message ?? ''
  }

  async query(sql: string): Promise<string[]> {
    const { connection } = await this.event('ready')
    const client = new Client(connection)
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' }).finally(() => client.end())
    return rows.map(String)
  }

  async kill(name: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const over = () => this.child.exitCode ?? this.child.signalCode
    if (over() === null) this.child.kill(name)
    await expect.poll(over, { timeout: 100_000 }).not.toBeNull()
  }

  /** The orderly way out. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    await this.event('stopped')
    await this.kill('SIGTERM')
  }
}

export const clusterOf = (dataDir: string) => path.join(dataDir, 'postgres')

/** What the server's own file says, in lines: PID first, state eighth. Empty without a file. */
export async function pidFile(dataDir: string): Promise<string[]> {
  const text = await readFile(path.join(clusterOf(dataDir), 'postmaster.pid'), 'utf8').catch(() => '')
  return text.split('\n').map((line) => line.trim())
}

/** The PID of the server, which has to be there. */
export async function livingPostmaster(dataDir: string): Promise<number> {
  const pid = Number((await pidFile(dataDir))[0])
  expect(await serversOf(clusterOf(dataDir))).toContain(pid)
  return pid
}

export async function noServers(dataDir: string): Promise<void> {
  await expect.poll(() => serversOf(clusterOf(dataDir))).toEqual([])
}

/** Ends every process that a test started, by its PID, and removes its files. */
export async function cleanUp(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const { place, dataDir } of places.splice(0)) {
    const kill = async () => {
      const pids = await serversOf(clusterOf(dataDir))
      for (const pid of pids) signal(pid, 'SIGKILL')
      return pids
    }
    await expect.poll(kill).toEqual([])
    await rm(place, { recursive: true, force: true, maxRetries: 5 })
  }
}
