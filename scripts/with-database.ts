import { closeDatabase, openDatabase } from '@/lib/db'
import { dataDir, env } from '@/lib/env'
import { migrate } from '@/lib/migrate'
import { startEmbeddedPostgres } from '@/lib/providers/postgres'

/** Runs a command's work on the installation's database. A product that runs on it may stay up. */
export async function withDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  const embedded = env().DATABASE_URL ? null : await startEmbeddedPostgres(dataDir(), quiet)
  openDatabase(embedded?.connection ?? { connectionString: env().DATABASE_URL ?? '' }, console.error)
  try {
    await migrate()
    return await work()
  } finally {
    await closeDatabase()
    await embedded?.stop()
  }
}

const quiet = { info() {}, warn: console.warn, error: console.error }
