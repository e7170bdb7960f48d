import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { closeDatabase, openDatabase } from '@/lib/db'
import { migrate } from '@/lib/migrate'
import { startEmbeddedPostgres } from '@/lib/providers/postgres'
import { benchHolds } from './holds'

/** `npm run bench`: every figure is a ratio to a baseline measured in the same run, on a database of its own. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'inkwell-bench-'))
const embedded = await startEmbeddedPostgres(dataDir, { info() {}, warn: console.warn, error: console.error })
openDatabase(embedded.connection, console.error)
try {
  await migrate()
  await benchHolds()
} finally {
  await closeDatabase()
  await embedded.stop()
  rmSync(dataDir, { recursive: true })
}
