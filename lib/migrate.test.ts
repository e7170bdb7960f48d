import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, expect } from '@playwright/test'
import { withEmptyDatabase } from '@/e2e/fixtures/databases'
import { migrate } from '@/lib/migrate'
import { query, sql } from '@/lib/sql'

/** An empty database, and a folder of migrations to write to. */
const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures this one uses
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-migrations-'))
    await withEmptyDatabase(() => use(folder))
    rmSync(folder, { recursive: true })
  },
})

function write(folder: string, name: string, text: string): void {
  mkdirSync(path.join(folder, name), { recursive: true })
  writeFileSync(path.join(folder, name, 'migration.sql'), text)
}

async function tables(): Promise<string[]> {
  const rows = await query<{ name: string }>(
    sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  )
  return rows.map(({ name }) => name).filter((name) => name !== '_prisma_migrations')
}

test('applies what is new, in order, once', async ({ folder }) => {
  write(folder, '2_second', 'ALTER TABLE a ADD COLUMN b integer; CREATE TABLE b ();')
  write(folder, '1_first', 'CREATE TABLE a ();')
  writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"')
  expect(await migrate(folder)).toEqual(['1_first', '2_second'])
  expect(await migrate(folder)).toEqual([])
  write(folder, '3_third', 'CREATE TABLE c ();')
  expect(await migrate(folder)).toEqual(['3_third'])
  expect(await tables()).toEqual(['a', 'b', 'c'])
})

test('instances that start at once take turns', async ({ folder }) => {
  cpSync('prisma/migrations', folder, { recursive: true })
  write(folder, '99999999999999_slow', 'SELECT pg_sleep(0.3); CREATE TABLE slow ();')
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(folder)))
  const [all] = applied.filter((names) => names.length > 0)
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
  expect(all).toContain('99999999999999_slow')
  expect(await tables()).toEqual(expect.arrayContaining(['slow', 'users']))
})

test('refuses a migration that changed after it had been applied', async ({ folder }) => {
  write(folder, '1_first', 'CREATE TABLE a ();')
  await migrate(folder)
  write(folder, '1_first', 'CREATE TABLE a (); -- and a comment')
  write(folder, '2_second', 'CREATE TABLE b ();')
  await expect(migrate(folder)).rejects.toThrow(/1_first was changed/)
  expect(await tables()).toEqual(['a'])
})

test('keeps nothing of a migration that fails, and all of those before it', async ({ folder }) => {
  write(folder, '1_first', 'CREATE TABLE a ();')
  write(folder, '2_broken', 'CREATE TABLE b (); INSERT INTO b SELECT 1/0;')
  write(folder, '3_third', 'CREATE TABLE c ();')
  await expect(migrate(folder)).rejects.toThrow(/2_broken failed/)
  expect(await tables()).toEqual(['a'])
  // The lock is given up: the next start goes on where this one stopped.
  write(folder, '2_broken', 'CREATE TABLE b ();')
  expect(await migrate(folder)).toEqual(['2_broken', '3_third'])
  expect(await tables()).toEqual(['a', 'b', 'c'])
})

test('tells why one failed, also where the connection went with it', async ({ folder }) => {
  write(folder, '1_fatal', 'SELECT pg_terminate_backend(pg_backend_pid());')
  const failure = await migrate(folder).catch((error: Error) => error)
  expect(failure).toMatchObject({
    message: expect.stringContaining('1_fatal failed'),
    cause: { message: expect.stringContaining('terminating connection') },
  })
})

test('takes longer than any other statement may', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-migrations-'))
  write(folder, '1_slow', 'SELECT pg_sleep(0.6);')
  await withEmptyDatabase(() => migrate(folder), { server: 200, client: 300 })
  rmSync(folder, { recursive: true })
})

test('is broken off in the middle of a statement, and gives the lock up', async ({ folder }) => {
  write(folder, '1_endless', 'CREATE TABLE a (); SELECT pg_sleep(600);')
  const interrupted = new AbortController()
  const migrating = migrate(folder, interrupted.signal).catch((error: Error) => error)
  await expect
    .poll(() =>
      query(sql`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`),
    )
    .toHaveLength(1)
  interrupted.abort()
  expect(await migrating).toMatchObject({ message: expect.stringContaining('1_endless failed') })
  // The server does not look whether anybody is still there while it sleeps.
  await query(sql`
    SELECT pg_cancel_backend(pid) FROM pg_stat_activity
    WHERE wait_event = 'PgSleep' AND datname = current_database()`)
  write(folder, '1_endless', 'CREATE TABLE b ();')
  expect(await migrate(folder)).toEqual(['1_endless'])
  expect(await tables()).toEqual(['b'])
  await expect(migrate(folder, AbortSignal.abort(new Error('told to stop')))).rejects.toThrow('told to stop')
})

test('keeps the table as Prisma’s CLI keeps it', async ({ folder }) => {
  write(folder, '1_first', 'CREATE TABLE a ();')
  await migrate(folder)
  const [row] = await query(sql`SELECT * FROM _prisma_migrations`)
  expect(row).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    // SHA-256 of the file, in hexadecimal: with another, the CLI would call the migration modified.
    checksum: '902f5c947b00294d6b0cdb41666553a31c51672ed6e65af6209e622790dce7b1',
    migration_name: '1_first',
    started_at: expect.any(Date),
    finished_at: expect.any(Date),
    rolled_back_at: null,
    logs: null,
    applied_steps_count: 1,
  })
})

test('takes a migration that Prisma’s CLI has applied for applied, and one it rolled back for new', async ({
  folder,
}) => {
  write(folder, '1_first', 'CREATE TABLE a ();')
  await migrate(folder)
  await query(sql`UPDATE _prisma_migrations SET rolled_back_at = now()`)
  await query(sql`DROP TABLE a`)
  expect(await migrate(folder)).toEqual(['1_first'])
  expect(await tables()).toEqual(['a'])
  expect(await migrate(folder)).toEqual([])
})
