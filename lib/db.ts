import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { AppError } from '@/lib/errors'
import { PrismaClient } from '@/lib/generated/prisma/client'

/**
 * The one connection pool, with Prisma on top of it. It is kept on globalThis because Next.js loads
 * instrumentation and each route as separate module graphs, and a pool a graph would be too many.
 */
type Database = { pool: pg.Pool; prisma: PrismaClient }
const holder = globalThis as typeof globalThis & { inkwellDatabase?: Database | 'closed' }

export type Connection =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string }

/** Opens the pool. Nothing connects before the first query; a second call without a close is a mistake. */
export function openDatabase(connection: Connection, onIdleError: (error: Error) => void): void {
  if (isOpen(holder.inkwellDatabase)) throw new Error('the database is open already')
  const pool = new pg.Pool({
    ...connection,
    max: 20,
    application_name: 'inkwell',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // No statement of ours takes this long; one that does is stuck, and would hold its locks.
    statement_timeout: 15_000,
  })
  // A server that goes away breaks idle connections; without a listener that would end the process.
  pool.on('error', onIdleError)
  holder.inkwellDatabase = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

export async function closeDatabase(): Promise<void> {
  const open = holder.inkwellDatabase
  holder.inkwellDatabase = 'closed'
  if (!isOpen(open)) return
  await open.prisma.$disconnect()
  await open.pool.end()
}

export function pool(): pg.Pool {
  return opened().pool
}

export function db(): PrismaClient {
  return opened().prisma
}

function opened(): Database {
  const database = holder.inkwellDatabase
  if (isOpen(database)) return database
  // A request that comes in the last moments of a server that stops.
  if (database === 'closed')
    throw new AppError('unavailable', 'This server is stopping. Please try again.', { retryAfter: 5 })
  throw new Error('the database is not open: openDatabase() comes first')
}

function isOpen(database: Database | 'closed' | undefined): database is Database {
  return typeof database === 'object'
}
