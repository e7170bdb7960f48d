import { setTimeout as sleep } from 'node:timers/promises'
import { ensureCluster } from './cluster'
import { type Connection, type Hold, isLastHolder } from './hold'
import { keepLogShort } from './logfile'
import { findPostmaster, stopPostmaster } from './postmaster'
import { holdServer } from './server'
import { alone, type Log, openSite, type Site } from './site'

export type EmbeddedPostgres = {
  /** What `pg` needs to connect: a Unix socket, so that no port can be taken by something else. */
  connection: Connection
  /** Stops the server, unless another Inkwell process still uses it. Close your own connections before. */
  stop(): Promise<void>
}

const LOG_CHECK_MS = 60_000
const RETRY_MS = 1000

/**
 * Starts the PostgreSQL that comes with Inkwell on the cluster in `dataDir`, which is made if it is missing,
 * or joins the one that already runs there. While this process lives, a server that dies is started again
 * on the same socket.
 *
 * @param dataDir keeps `postgres/` (the cluster), `postgres.log` and `run/` (the socket)
 * @returns once the database answers
 * @throws Error, with what to do about it, when this machine, user or cluster can't be served
 */
export async function startEmbeddedPostgres(dataDir: string, log: Log): Promise<EmbeddedPostgres> {
  const site = await openSite(dataDir, log)
  const stopping = new AbortController()
  let hold = await alone(site, async () => {
    await ensureCluster(site)
    return holdServer(site)
  })
  const watching = watch()
  const logCheck = setInterval(() => void shortenLog(site), LOG_CHECK_MS).unref()

  // The held connection ends the moment the server dies: no polling would notice as soon, or as cheaply.
  async function watch() {
    for (;;) {
      await hold.lost
      if (stopping.signal.aborted) return
      log.warn({ cluster: site.cluster }, 'the embedded PostgreSQL is gone, bringing it back')
      hold = (await recover(site, stopping.signal)) ?? hold
    }
  }

  async function stop() {
    stopping.abort()
    clearInterval(logCheck)
    await alone(site, () => leave(site, hold))
    await watching
  }

  let stopped: Promise<void> | undefined
  return {
    connection: site.connection,
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Tries until the server answers again; gives up, with undefined, only when this process is stopping. */
async function recover(site: Site, stopping: AbortSignal): Promise<Hold | undefined> {
  while (!stopping.aborted) {
    try {
      return await alone(site, async () => (stopping.aborted ? undefined : holdServer(site)))
    } catch (error) {
      site.log.error({ err: error }, 'the embedded PostgreSQL could not be brought back, trying on')
      await sleep(RETRY_MS, undefined, { signal: stopping, ref: false }).catch(() => {})
    }
  }
  return undefined
}

async function leave(site: Site, hold: Hold): Promise<void> {
  // The question fails where the server is gone already: then there is nothing left to stop.
  const last = await isLastHolder(hold).catch(() => false)
  await hold.release()
  const postmaster = last ? await findPostmaster(site.cluster) : undefined
  if (!postmaster) return
  await stopPostmaster(postmaster.pid, site.cluster)
  site.log.info({ postmaster: postmaster.pid }, 'the embedded PostgreSQL was stopped')
}

async function shortenLog(site: Site): Promise<void> {
  try {
    await keepLogShort(site.logFile, (work) => alone(site, work))
  } catch (error) {
    site.log.warn({ err: error }, 'postgres.log could not be shortened')
  }
}
