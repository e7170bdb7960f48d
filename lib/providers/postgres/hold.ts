import { Client } from 'pg'

export type Connection = {
  /** A directory, which `pg` takes to mean the Unix socket in it. */
  host: string
  port: number
  user: string
  database: string
  /** Said aloud, because `pg` would otherwise obey PGSSLMODE, and a socket has no TLS. */
  ssl: false
}

/** One connection that says "I use this server", with a lock that the server drops if this process dies. */
export type Hold = {
  client: HoldClient
  /** Resolves when the connection ends, whoever ended it. */
  lost: Promise<void>
  release(): Promise<void>
}

// `pg` has these two, its types do not.
type HoldClient = Client & { ref(): void; unref(): void }

// "Inkw" and 1. The form with two numbers never meets the locks that the application takes with one.
const IN_USE = '1231973239, 1'
const NO_SUCH_DATABASE = '3D000'
const ALREADY_THERE = ['42P04', '23505']

/**
 * Connects, which proves that the database answers, and marks the server as used by this process.
 * Makes the database where it is missing. The connection does not keep Node alive.
 *
 * @throws what `pg` throws while the server is not ready
 */
export async function holdConnection(connection: Connection): Promise<Hold> {
  const client = await connect(connection).catch(async (error: { code?: string }) => {
    if (error.code !== NO_SUCH_DATABASE) throw error
    await createDatabase(connection)
    return connect(connection)
  })
  const lost = new Promise<void>((resolve) => client.once('end', resolve))
  try {
    await client.query(`SELECT pg_advisory_lock_shared(${IN_USE})`)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  client.unref()
  return { client, lost, release: () => client.end().catch(() => {}) }
}

/**
 * Gives up this process's use, and answers whether nobody else uses the server: then the exclusive lock is taken,
 * and of two processes that leave at once exactly the second gets it. Called under the site's lock.
 */
export async function isLastHolder({ client }: Hold): Promise<boolean> {
  // The answer has to be waited for even by a process that has nothing else left to do.
  client.ref()
  await client.query(`SELECT pg_advisory_unlock_shared(${IN_USE})`)
  const { rows } = await client.query<{ last: boolean }>(`SELECT pg_try_advisory_lock(${IN_USE}) AS last`)
  return rows[0]?.last === true
}

async function connect(connection: Connection): Promise<HoldClient> {
  const client = new Client({
    ...connection,
    application_name: 'inkwell-hold',
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    options: '-c idle_session_timeout=0',
  }) as HoldClient
  // Without a listener an error would end the process; what has to be done follows from `lost`.
  client.on('error', () => {})
  await client.connect()
  return client
}

async function createDatabase(connection: Connection): Promise<void> {
  const client = await connect({ ...connection, database: 'postgres' })
  try {
    await client.query(`CREATE DATABASE ${connection.database}`)
  } catch (error) {
    if (!ALREADY_THERE.includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}
