import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanEnvironment } from './binaries'
import { keepLogShort, logSize, readLogFrom } from './logfile'
import { isServerOf, signal } from './process'
import type { Site } from './site'
import { socketLeftovers } from './socket'

export type Postmaster = { pid: number; state: string }

const POLL_MS = 50
const SLOW_START_POLLS = 200
const FAST_SHUTDOWN_MS = 20_000

/** The server process that owns the cluster, and the state it gives: starting, ready or stopping. */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!(pid > 0) || !(await isServerOf(pid, cluster))) return undefined
  return { pid, state: lines[7]?.trim() || 'starting' }
}

/**
 * Starts a server on a cluster that has none, detached, so that a Ctrl-C in the terminal does not reach it.
 * Called under the site's lock.
 *
 * @returns its PID when it is ready, which after a crash may take its time; undefined when it gave up because
 *   of processes that a killed server left behind and that will end by themselves
 * @throws Error with what PostgreSQL said when it gave up for any other reason
 */
export async function launchPostmaster(site: Site): Promise<number | undefined> {
  await clearLeftovers(site)
  await keepLogShort(site.logFile, (work) => work())
  const offset = await logSize(site.logFile)
  const child = await spawnServer(site)
  for (let polls = 1; child.exitCode === null && child.signalCode === null; polls++) {
    await sleep(POLL_MS)
    const running = await findPostmaster(site.cluster)
    if (running?.pid === child.pid && running?.state === 'ready') return child.pid
    if (polls % SLOW_START_POLLS === 0)
      site.log.info({ postmaster: child.pid }, 'PostgreSQL is still recovering')
  }
  const said = await readLogFrom(site.logFile, offset)
  if (/pre-existing shared memory block|lock file ".*" already exists/.test(said)) return undefined
  throw new Error(`The embedded PostgreSQL did not start: ${said.trim() || `see ${site.logFile}`}`)
}

/** Stops the server: fast, so that open transactions are rolled back, and at once if that takes 20 seconds. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  signal(pid, 'SIGINT')
  for (let waited = 0; await isServerOf(pid, cluster); waited += POLL_MS) {
    if (waited === FAST_SHUTDOWN_MS) signal(pid, 'SIGQUIT')
    await sleep(POLL_MS)
  }
}

function pidFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid')
}

// PostgreSQL sees to what a dead server left, unless its PID now belongs to somebody else, or the power failed
// before the file was filled. It would refuse to start then. We know that no server is there, so away with it:
// against processes that still use the cluster there remains PostgreSQL's check of its shared memory.
async function clearLeftovers({ cluster, connection }: Site): Promise<void> {
  await Promise.all(
    [pidFile(cluster), ...socketLeftovers(connection.host)].map((file) => rm(file, { force: true })),
  )
}

async function spawnServer(site: Site): Promise<ChildProcess> {
  const [program, ...args] = site.binaries.postgres
  // Only what Inkwell relies on is set here; all else is the operator's, in postgresql.conf.
  const settings = [
    'listen_addresses=',
    `unix_socket_directories="${site.connection.host.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    `port=${site.connection.port}`,
    'fsync=on',
    'logging_collector=off',
    'log_destination=stderr',
  ]
  const log = await open(site.logFile, 'a', 0o600)
  try {
    const child = spawn(program, [...args, '-D', site.cluster, ...settings.flatMap((each) => ['-c', each])], {
      detached: true,
      env: cleanEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
    })
    await once(child, 'spawn')
    child.unref()
    return child
  } finally {
    await log.close()
  }
}
