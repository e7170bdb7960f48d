import { mkdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { type Binaries, loadBinaries } from './binaries'
import type { Connection } from './hold'
import { withLock } from './lock'
import { privateDirectory, SOCKET_PORT, socketDirectory } from './socket'

/** What is needed of a logger; pino has it. */
export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>

/** Everything that belongs to the server of one data directory. */
export type Site = {
  binaries: Binaries
  log: Log
  cluster: string
  logFile: string
  lockFile: string
  connection: Connection
}

/**
 * Finds the programs, and makes the directories, that a server in `dataDir` needs.
 *
 * @throws Error that says what to do where that can't be had
 */
export async function openSite(dataDir: string, log: Log): Promise<Site> {
  const binaries = await loadBinaries()
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const home = await realpath(dataDir)
  const run = path.join(home, 'run')
  await privateDirectory(run)
  return {
    binaries,
    log,
    cluster: path.join(home, 'postgres'),
    logFile: path.join(home, 'postgres.log'),
    lockFile: path.join(run, 'lock'),
    connection: {
      host: await socketDirectory(run),
      port: SOCKET_PORT,
      user: 'inkwell',
      database: 'inkwell',
      ssl: false,
    },
  }
}

/** Whoever starts, joins or leaves the server does so alone, so that nobody joins one that is about to stop. */
export function alone<T>(site: Site, work: () => Promise<T>): Promise<T> {
  return withLock(site.lockFile, work, () =>
    site.log.info({ lock: site.lockFile }, 'waiting for another Inkwell process to start or stop PostgreSQL'),
  )
}
