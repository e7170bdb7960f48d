import { expect, test } from '@playwright/test'
import { withEmptyDatabase } from '@/e2e/fixtures/databases'
import { type Column, type ForeignKey, type Key, readPrismaSchema } from '@/e2e/fixtures/prisma-schema'
import { db } from '@/lib/db'
import { migrate } from '@/lib/migrate'
import { query, sql } from '@/lib/sql'

/** What the migrations made, as PostgreSQL says it. */
async function readDatabase() {
  const enums = await query<{ name: string; values: string }>(sql`
    SELECT t.typname AS name, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS values
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.typname`)
  const columns = await query<Column>(sql`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
      NOT a.attnotnull AS nullable
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND c.relname <> '_prisma_migrations'`)
  // Partial indexes are beyond Prisma's language, and so in the migrations alone.
  const keys = await query<Key>(sql`
    SELECT c.relname AS table, CASE WHEN i.indisprimary THEN 'primary' ELSE 'unique' END AS what,
      (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY AS k (num, n)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NULL
      AND c.relname <> '_prisma_migrations'`)
  const foreignKeys = await query<ForeignKey>(sql`
    SELECT c.conrelid::regclass::text AS table, c.confrelid::regclass::text AS references,
      (SELECT string_agg(a.attname, ', ') FROM pg_attribute a
        WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)) AS columns,
      CASE c.confdeltype WHEN 'c' THEN 'Cascade' WHEN 'n' THEN 'SetNull' WHEN 'r' THEN 'Restrict' END AS "onDelete"
    FROM pg_constraint c WHERE c.contype = 'f'`)
  return {
    enums: Object.fromEntries(enums.map(({ name, values }) => [name, values])),
    columns,
    keys,
    foreignKeys,
  }
}

/** In one order, one line each, so that a difference reads as one. */
function lines(rows: object[]): string[] {
  return rows.map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).sort()))).sort()
}

test('the migrations make what the schema says', async () => {
  const schema = readPrismaSchema()
  expect(schema.columns.length).toBeGreaterThan(90)
  expect(schema.keys.length).toBeGreaterThan(14)
  expect(schema.foreignKeys.length).toBeGreaterThan(12)
  expect(Object.keys(schema.enums)).toContain('ledger_kind')
  expect(schema.columns).toContainEqual({
    table: 'users',
    column: 'password_hash',
    type: 'text',
    nullable: false,
  })
  expect(schema.columns).toContainEqual({
    table: 'posts',
    column: 'published_at',
    type: 'timestamp(3) with time zone',
    nullable: true,
  })

  const database = await withEmptyDatabase(async () => {
    await migrate()
    return readDatabase()
  })
  expect(database.enums).toEqual(schema.enums)
  expect(lines(database.columns)).toEqual(lines(schema.columns))
  expect(lines(database.keys)).toEqual(lines(schema.keys))
  expect(lines(database.foreignKeys)).toEqual(lines(schema.foreignKeys))
})

test('every model can be read by the client that was generated', async () => {
  const { models } = readPrismaSchema()
  expect(models).toContain('LedgerEntry')
  await withEmptyDatabase(async () => {
    await migrate()
    for (const model of models) {
      const name = `${model.slice(0, 1).toLowerCase()}${model.slice(1)}` as 'user'
      expect(await db()[name].findMany({ take: 1 }), model).toBeInstanceOf(Array)
    }
  })
})
