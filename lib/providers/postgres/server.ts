import { setTimeout as sleep } from 'node:timers/promises'
import { type Hold, holdConnection } from './hold'
import { findPostmaster, launchPostmaster, stopPostmaster } from './postmaster'
import { serversOf, signal } from './process'
import type { Site } from './site'

const POLL_MS = 100
const ORPHAN_PATIENCE_MS = 5000
const SERVER_PATIENCE_MS = 15_000
const GIVE_UP_MS = 60_000
const UNREACHABLE = ['ENOENT', 'ECONNREFUSED']

/**
 * Joins the server of the site, and starts one if there is none. Waits for one that is starting or stopping
 * until it has decided. Called under the site's lock.
 *
 * @throws Error when the server refuses to start, or has not answered for a minute
 */
export async function holdServer(site: Site): Promise<Hold> {
  let since = performance.now()
  for (;;) {
    const attempt = await holdConnection(site.connection).catch(asError)
    if (!(attempt instanceof Error)) return attempt
    // The socket is asked before the process table: it also reaches a server in another container on this disk.
    const unreachable = UNREACHABLE.includes(attempt.code ?? '')
    const postmaster = await findPostmaster(site.cluster)
    const waited = performance.now() - since

    if (!postmaster && unreachable) {
      const pid = await launchPostmaster(site)
      if (pid) {
        site.log.info({ postmaster: pid, cluster: site.cluster }, 'the embedded PostgreSQL was started')
        continue
      }
      if (waited > ORPHAN_PATIENCE_MS) await endOrphans(site)
    } else if (postmaster?.state === 'starting') {
      since = performance.now()
    } else if (
      postmaster &&
      waited > SERVER_PATIENCE_MS &&
      (unreachable || postmaster.state === 'stopping')
    ) {
      // Its socket was removed, or it was told to stop when its clients have gone: no client will ever get in.
      site.log.warn({ postmaster: postmaster.pid }, 'stopping an embedded PostgreSQL that lets nobody in')
      await stopPostmaster(postmaster.pid, site.cluster)
    }
    if (waited > GIVE_UP_MS) throw giveUp(site, attempt)
    await sleep(POLL_MS)
  }
}

// A backend that is busy computing does not notice that its server was killed, and keeps the shared memory.
// That memory is lost already: what was committed is in the write-ahead log, and is recovered from there.
async function endOrphans(site: Site): Promise<void> {
  const orphans = await serversOf(site.cluster)
  if (orphans.length === 0) return
  site.log.warn({ pids: orphans }, 'ending PostgreSQL processes whose server was killed')
  for (const pid of orphans) signal(pid, 'SIGKILL')
}

function giveUp(site: Site, cause: Error): Error {
  const message = `The embedded PostgreSQL in ${site.cluster} has not answered for a minute (${cause.message}).`
  return new Error(`${message} ${site.logFile} may say why.`, { cause })
}

function asError(error: unknown): Error & { code?: string } {
  return error instanceof Error ? error : new Error(String(error))
}
