import { asDatabaseUrlError } from '@/lib/database-url'
import { type Connection, closeDatabase, openDatabase } from '@/lib/db'
import { isDraining, startDraining } from '@/lib/draining'
import { dataDir, EnvError, env } from '@/lib/env'
import { AppError, causesOf } from '@/lib/errors'
import { listen } from '@/lib/events'
import { hookIntoNode } from '@/lib/http/node/hooks'
import { closeDoors } from '@/lib/http/open-replies'
import { log } from '@/lib/log'
import { MIGRATIONS, migrate } from '@/lib/migrate'
import { startEmbeddedPostgres } from '@/lib/providers/postgres'
import { storage } from '@/lib/providers/storage'
import { sessionSecrets } from '@/lib/secrets'
import { drainRuns } from '@/lib/services/generations'
import { startMaintenance } from '@/lib/services/maintenance'
import { recountSpend } from '@/lib/services/spend'
import { drainImports } from '@/lib/services/transfer'

/** How long what runs outside requests may go on after a signal to stop, in milliseconds. */
const DRAIN_MS = 10_000
/** How long whoever waits for an answer may then still be answered, in milliseconds. */
const REPLIES_MS = 5_000
/** How long maintenance that is under way may then still take, in milliseconds. */
const MAINTENANCE_MS = 5_000

/**
 * Brings everything up, in order, or ends the process with a line that says what is wrong. Whatever ends it, a failure
 * or a signal in the middle of the start, what had been brought up until then is taken down: the embedded database would
 * outlive the process.
 */
export async function start(): Promise<void> {
  const up = new AsyncDisposableStack()
  let down: Promise<void> | undefined
  const takeDown = () => {
    down ??= up.disposeAsync()
    return down
  }
  const interrupted = new AbortController()
  const starting = bringUp(up, interrupted.signal)
  onSignal(async () => {
    interrupted.abort(new Error('It was told to stop.'))
    await starting.catch(() => {})
    await takeDown()
  })
  try {
    await starting
  } catch (error) {
    // Then whoever heard the signal takes down what is up, and ends the process. Until then nobody is let in.
    if (isDraining()) return new Promise(() => {})
    // Not the logger: it may be what the environment got wrong.
    const what =
      error instanceof EnvError ? `The environment is not right:\n${error.message}` : causesOf(error)
    process.stderr.write(`Inkwell can't start. ${what}\n`)
    await takeDown().catch((cause: unknown) =>
      process.stderr.write(`What it had started can't be stopped. ${causesOf(cause)}\n`),
    )
    process.exit(1)
  }
}

/**
 * @param up gets how to take down each thing that is up: it takes down the last one first.
 * @param interrupted ends this between two steps, or within the one that may take long.
 */
async function bringUp(up: AsyncDisposableStack, interrupted: AbortSignal): Promise<void> {
  env()
  dataDir()
  sessionSecrets()
  hookIntoNode()
  await checkStorage()
  interrupted.throwIfAborted()
  const connection = await connectionTo(up)
  interrupted.throwIfAborted()
  openDatabase(connection, (err) => log().warn({ err }, 'a database connection was lost'))
  up.defer(closeDatabase)
  const applied = await migrate(MIGRATIONS, interrupted).catch((error: unknown) => {
    throw env().DATABASE_URL ? asDatabaseUrlError(error) : error
  })
  if (applied.length > 0) log().info({ applied }, 'database migrated')
  if (env().SPEND_CAP_CREDITS_PER_DAY !== undefined) await recountSpend()
  interrupted.throwIfAborted()
  up.defer(listen(connection, (err) => log().warn({ err }, 'the listening connection was lost')))
  const stopMaintenance = startMaintenance()
  up.defer(() => stopMaintenance(MAINTENANCE_MS))
  // A generation that has just ended is still to be read and told: that takes the database.
  up.defer(() => closeDoors(REPLIES_MS))
  up.defer(async () => {
    await Promise.all([drainRuns(DRAIN_MS), drainImports(DRAIN_MS)])
  })
}

/** The database that the environment names, or the embedded one, started or joined. */
async function connectionTo(up: AsyncDisposableStack): Promise<Connection> {
  const connectionString = env().DATABASE_URL
  if (connectionString) return { connectionString }
  const embedded = await startEmbeddedPostgres(dataDir(), log())
  up.defer(() => embedded.stop())
  return embedded.connection
}

/** A storage that is away passes, and takes nothing but the pictures with it; one that is told of wrongly does not. */
async function checkStorage(): Promise<void> {
  try {
    await storage().check()
  } catch (err) {
    if (err instanceof AppError && err.cause instanceof EnvError) throw err.cause
    log().warn({ err, storage: storage().name }, 'the storage of pictures can’t be reached')
  }
}

/** Takes the signals over from Next.js (NEXT_MANUAL_SIG_HANDLE), which would end the process under running work. */
function onSignal(stop: () => Promise<void>): void {
  let first = 0
  function stopOnce(signal: NodeJS.Signals): void {
    if (isDraining()) {
      // Again means now. But Ctrl-C reaches us twice at once: from the terminal, and through npm.
      if (performance.now() - first > AGAIN_MS) process.exit(1)
      return
    }
    first = performance.now()
    startDraining()
    log().info({ signal }, 'stopping')
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log().error({ err }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stopOnce)
  process.on('SIGINT', stopOnce)
}

const AGAIN_MS = 1_000
