import { query, sql } from '@/lib/sql'

/** What time it is by the database’s clock, the one that all instances go by. */
export async function databaseTime(): Promise<Date> {
  const [row] = await query<{ now: Date }>(sql`SELECT now()`)
  if (!row) throw new Error('the database did not say what time it is')
  return row.now
}
