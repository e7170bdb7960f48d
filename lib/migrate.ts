import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { PoolClient } from 'pg'
import { pool } from '@/lib/db'

/**
 * Applies what is new under prisma/migrations, one transaction a migration, in order. Instances that
 * start at once take turns: the advisory lock is the one that Prisma's own CLI takes, and the table is
 * its own too, so that `prisma migrate deploy` can take over at any time.
 *
 * @returns the names of the migrations applied by this call.
 * @throws when a migration that was applied has changed since, or one fails; nothing of that one is kept.
 */
export async function migrate(folder = path.join(process.cwd(), 'prisma/migrations')): Promise<string[]> {
  const client = await pool().connect()
  // What breaks the connection also fails the statement that comes next, which is where it is told of.
  client.on('error', () => {})
  try {
    await client.query('SET statement_timeout = 0')
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])
    return await applyNew(client, folder)
  } finally {
    // Not given back to the pool: closing the connection gives the lock up, whatever happened.
    client.release(true)
  }
}

/** The key in Prisma's schema engine, `sql-migration-connector`, on which its CLI serialises itself. */
const PRISMA_LOCK = 72_707_369

async function applyNew(client: PoolClient, folder: string): Promise<string[]> {
  await client.query(PRISMA_TABLE)
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  const fresh: string[] = []
  for (const { name, text, checksum } of await readMigrations(folder)) {
    const known = applied.get(name)
    if (known === undefined) {
      await applyOne(client, name, text, checksum)
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

async function applyOne(client: PoolClient, name: string, text: string, checksum: string): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(text)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
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
