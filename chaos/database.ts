import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '@/lib/providers/postgres'
import { findPostmaster } from '@/lib/providers/postgres/postmaster'
import { isServerOf, serversOf, signal } from '@/lib/providers/postgres/process'

export type Ask = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>

export type Database = {
  connection: pg.PoolConfig
  /** For `DATABASE_URL`: by socket, so nothing listens on a port. */
  url: string
  ask: Ask
  /** Runs statements as one transaction on one connection. */
  transaction(statements: string[]): Promise<void>
  /** kill -9 of the whole server; whoever started it brings it back. */
  kill(): Promise<boolean>
  /** kill -9 of one process that serves a connection: PostgreSQL then throws all of them out and recovers. */
  killBackend(): Promise<boolean>
  /** kill -9 for good, at once: for when this process ends. */
  killNow(): void
  stop(): Promise<void>
}

/** A PostgreSQL of its own in `dataDir`, which is started again on the same socket whenever it is killed. */
export async function startDatabase(dataDir: string): Promise<Database> {
  // What it would log is our own kills; that it can't start at all, it throws.
  const quiet = { info() {}, warn() {}, error() {} }
  const embedded = await startEmbeddedPostgres(dataDir, quiet)
  const cluster = path.join(dataDir, 'postgres')
  const { host, user, database } = embedded.connection
  const pool = new pg.Pool({ ...embedded.connection, max: 6, application_name: 'chaos' })
  pool.on('error', () => {})

  return {
    connection: embedded.connection,
    url: `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}`,
    ask: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await pool.query(text, values)).rows as Row[],
    async transaction(statements) {
      const client = await pool.connect()
      client.on('error', () => {})
      let broken = true
      try {
        for (const statement of ['BEGIN', ...statements, 'COMMIT']) await client.query(statement)
        broken = false
      } finally {
        // Closed, an unfinished transaction is undone.
        client.release(broken)
      }
    },
    async kill() {
      const postmaster = await findPostmaster(cluster)
      const all = await serversOf(cluster)
      if (postmaster) signal(postmaster.pid, 'SIGKILL')
      for (const pid of all) signal(pid, 'SIGKILL')
      return all.length > 0
    },
    async killBackend() {
      const { rows } = await pool.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'inkwell' ORDER BY state = 'active' DESC, random() LIMIT 1`,
      )
      const [backend] = rows
      // It may have ended since, and its number belong to anybody.
      if (!backend || !(await isServerOf(backend.pid, cluster))) return false
      signal(backend.pid, 'SIGKILL')
      return true
    },
    killNow() {
      try {
        const pid = Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0])
        // A server that was killed leaves the file, and its number may belong to anybody.
        if (readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)) process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended already.
      }
    },
    async stop() {
      await pool.end().catch(() => {})
      await embedded.stop()
    },
  }
}
