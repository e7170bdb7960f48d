import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { isTimeout } from '@/lib/db-errors'
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

/**
 * No statement of ours takes as long as `server` (milliseconds); one that does is stuck, and would hold its locks: the
 * server breaks it off. A server that has not answered by `client` is one that is not there any more.
 */
export const PATIENCE = { server: 15_000, client: 17_000 }

/** Opens the pool. Nothing connects before the first query; a second call without a close is a mistake. */
export function openDatabase(
  connection: Connection,
  onIdleError: (error: Error) => void,
  patience = PATIENCE,
): void {
  if (isOpen(holder.inkwellDatabase)) throw new Error('the database is open already')
  const pool = new pg.Pool({
    ...connection,
    Client,
    types: { getTypeParser },
    max: 20,
    application_name: 'inkwell',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: patience.server,
    query_timeout: patience.client,
  })
  // A server that goes away breaks idle connections; without a listener that would end the process.
  pool.on('error', onIdleError)
  holder.inkwellDatabase = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

/** As `pg` reads them, but for times in UTC, which lists are full of: their text is nearly what `Date` reads by itself. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  const parse = pg.types.getTypeParser(oid, format as 'text')
  if (oid !== pg.types.builtins.TIMESTAMPTZ || format === 'binary') return parse
  return (text: string) =>
    IN_UTC.test(text) ? new Date(`${text.slice(0, -3).replace(' ', 'T')}Z`) : parse(text)
}

/** Of four digits of a year: what is before or after them, or for ever, is written otherwise. */
const IN_UTC = /^\d{4}-.*\+00$/

/**
 * A connection that closes when a statement on it has run out of time: what the server still does with that, nobody
 * knows, so no other statement must follow, not even a ROLLBACK, and nobody else be given it.
 */
class Client extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: it has nine signatures, all of which are passed on
  override query(...args: any[]): any {
    const answer: Promise<unknown> | undefined = Reflect.apply(super.query, this, args)
    // Where a callback is told instead, that is the pool's own, which closes a connection after any failure.
    answer?.catch?.((error: Error) => {
      if (isTimeout(error)) this.end().catch(() => {})
    })
    return answer
  }
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
