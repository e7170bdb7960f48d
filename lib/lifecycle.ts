import { asDatabaseUrlError } from '@/lib/database-url'
import { closeDatabase, openDatabase } from '@/lib/db'
import { isDraining, startDraining } from '@/lib/draining'
import { dataDir, EnvError, env } from '@/lib/env'
import { AppError, causesOf } from '@/lib/errors'
import { listen } from '@/lib/events'
import { sendReadingPagesBare } from '@/lib/http/bare-pages'
import { stampClientAddresses } from '@/lib/http/client-address'
import { answerMalformedRequests } from '@/lib/http/malformed-requests'
import { closeDoors, trackReplies } from '@/lib/http/open-replies'
import { readPathsOurselves } from '@/lib/http/readable-paths'
import { closeInStages } from '@/lib/http/staged-close'
import { routeEveryMethod } from '@/lib/http/unroutable'
import { sendWholeAnswersAtOnce } from '@/lib/http/whole-answers'
import { log } from '@/lib/log'
import { migrate } from '@/lib/migrate'
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

/** Brings everything up, in order, or ends the process with a line that says what is wrong. */
export async function start(): Promise<void> {
  try {
    env()
    dataDir()
    sessionSecrets()
    stampClientAddresses()
    trackReplies()
    readPathsOurselves()
    routeEveryMethod()
    closeInStages()
    answerMalformedRequests({ upgrades: process.env.NODE_ENV === 'development' })
    sendWholeAnswersAtOnce()
    await checkStorage()
    sendReadingPagesBare()
    const embedded = env().DATABASE_URL ? null : await startEmbeddedPostgres(dataDir(), log())
    const connection = embedded?.connection ?? { connectionString: env().DATABASE_URL ?? '' }
    openDatabase(connection, (err) => log().warn({ err }, 'a database connection was lost'))
    const applied = await migrate().catch((error: unknown) => {
      throw embedded ? error : asDatabaseUrlError(error)
    })
    if (applied.length > 0) log().info({ applied }, 'database migrated')
    if (env().SPEND_CAP_CREDITS_PER_DAY !== undefined) await recountSpend()
    const stopListening = listen(connection, (err) =>
      log().warn({ err }, 'the listening connection was lost'),
    )
    const stopMaintenance = startMaintenance()
    onSignal(async () => {
      await Promise.all([drainRuns(DRAIN_MS), drainImports(DRAIN_MS)])
      // A generation that has just ended is still to be read and told: that takes the database.
      await closeDoors(REPLIES_MS)
      stopMaintenance()
      await stopListening()
      await closeDatabase()
      await embedded?.stop()
    })
  } catch (error) {
    // Not the logger: it may be what the environment got wrong.
    const what =
      error instanceof EnvError ? `The environment is not right:\n${error.message}` : causesOf(error)
    process.stderr.write(`Inkwell can't start. ${what}\n`)
    process.exit(1)
  }
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
