import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { QueryConfig } from 'pg'
import { pool } from '@/lib/db'
import { whenAborted } from '@/lib/when-aborted'

/** The folder of the product's own. */
export const MIGRATIONS = path.join(process.cwd(), 'prisma/migrations')

/**
 * Applies what is new under prisma/migrations, one transaction a migration, in order. Instances that
 * start at once take turns: the advisory lock is the one that Prisma's own CLI takes, and the table is
 * its own too, so that `prisma migrate deploy` can take over at any time.
 *
 * @param interrupted breaks it off, also in the middle of a statement, or of waiting for another instance.
 * @returns the names of the migrations applied by this call.
 * @throws when a migration that was applied has changed since, or one fails; nothing of that one is kept.
 */
export async function migrate(
  folder = MIGRATIONS,
  interrupted = new AbortController().signal,
): Promise<string[]> {
  interrupted.throwIfAborted()
  const client = await pool().connect()
  // What breaks the connection also fails the statement that comes next, which is where it is told of.
  client.on('error', () => {})
  // Not given back to the pool: closing the connection gives the lock up, whatever happened.
  let closed = false
  const close = () => {
    if (!closed) client.release(true)
    closed = true
  }
  const quiet = whenAborted(interrupted, close)
  try {
    const ask: Ask = async (text, values) =>
      (await client.query({ text, values, query_timeout: PATIENCE_MS } as QueryConfig)).rows
    await ask('SET statement_timeout = 0')
    await ask('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])
    return await applyNew(ask, folder)
  } finally {
    quiet()
    close()
  }
}

/** Runs what may take as long as it takes: statements of a migration, and waiting for those of another instance. */
type Ask = <Row>(text: string, values?: unknown[]) => Promise<Row[]>

/** As long as a timer goes, in milliseconds: some 24 days. */
const PATIENCE_MS = 2 ** 31 - 1

/** The key in Prisma's schema engine, `sql-migration-connector`, on which its CLI serialises itself. */
const PRISMA_LOCK = 72_707_369

async function applyNew(ask: Ask, folder: string): Promise<string[]> {
  await ask(PRISMA_TABLE)
  const rows = await ask<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  const fresh: string[] = []
  for (const { name, text, checksum } of await readMigrations(folder)) {
    const known = applied.get(name)
    if (known === undefined) {
      await applyOne(ask, name, text, checksum)
      fresh.push(name)
    } else if (known !== checksum) {
      throw new Error(`The migration ${name} was changed after it had been applied to this database.`)
    }
  }
  return fresh
}

async function readMigrations(folder: string) {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  return Promise.all(
    names
      .map((entry) => entry.name)
      .sort()
      .map(async (name) => {
        const text = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
        return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
      }),
  )
}

async function applyOne(ask: Ask, name: string, text: string, checksum: string): Promise<void> {
  await ask('BEGIN')
  try {
    await ask(text)
    await ask(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await ask('COMMIT')
  } catch (cause) {
    // Where the connection is gone this fails, too, and says nothing new: without it the server rolls back by itself.
    await ask('ROLLBACK').catch(() => {})
    throw new Error(`The migration ${name} failed; nothing of it was kept.`, { cause })
  }
}

const PRISMA_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`
