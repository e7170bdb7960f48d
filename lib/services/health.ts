import { query, sql } from '@/lib/sql'

/** Answers when the database does. @throws what connecting threw. */
export async function pingDatabase(): Promise<void> {
  await query(sql`SELECT 1`)
}
