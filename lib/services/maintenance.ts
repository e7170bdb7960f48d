import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { spool } from '@/lib/providers/spool'
import { giveAllowances } from '@/lib/services/allowances'
import { sweep } from '@/lib/services/generations/sweep'
import { sendOutgoingMail } from '@/lib/services/outgoing-mail'
import { forgetDrafts, purgeTrash } from '@/lib/services/posts'
import { publishDue } from '@/lib/services/posts/schedule'
import { resumeImports } from '@/lib/services/transfer'
import { sweepOrphans } from '@/lib/services/uploads/orphans'
import { query, sql } from '@/lib/sql'

/**
 * Does all that has to be done from time to time, at once and then again and again, until the answer is called. Any number
 * of instances may do so at once. Each chore has a rhythm of its own, is never begun before it has ended, and neither its
 * failure nor its taking long holds up another one.
 *
 * @returns stops it, and resolves when nothing is under way any more, at the latest after so many milliseconds.
 */
export function startMaintenance(): (graceMs: number) => Promise<void> {
  const stopping = new AbortController()
  const all = Promise.all(chores(env().SWEEP_INTERVAL_MS).map((chore) => repeat(chore, stopping.signal)))
  return async (graceMs) => {
    stopping.abort()
    await Promise.race([all, sleep(graceMs, undefined, { ref: false })])
  }
}

type Chore = {
  name: string
  /** How long to wait between its end and its next beginning, in milliseconds. */
  everyMs: number
  /** @param stopping asks it to leave off where it may. */
  work: (stopping: AbortSignal) => Promise<unknown>
}

function chores(sweepMs: number): Chore[] {
  return [
    { name: 'generations', everyMs: sweepMs, work: sweepGenerations },
    { name: 'scheduled posts', everyMs: sweepMs, work: publishScheduled },
    { name: 'allowances', everyMs: sweepMs * SWEEPS_A_GIFT, work: give },
    { name: 'imports', everyMs: sweepMs, work: resumeImports },
    { name: 'files without an upload', everyMs: sweepMs, work: sweepOrphans },
    { name: 'outgoing mail', everyMs: sweepMs, work: sendOutgoingMail },
    { name: 'attempts', everyMs: HOUR_MS, work: () => query(OLD_ATTEMPTS) },
    { name: 'sessions', everyMs: HOUR_MS, work: () => query(OLD_SESSIONS) },
    { name: 'rate limits', everyMs: HOUR_MS, work: () => query(OLD_RATE_LIMITS) },
    { name: 'incoming files', everyMs: HOUR_MS, work: () => spool().sweep() },
    { name: 'drafts', everyMs: HOUR_MS, work: forgetDrafts },
    { name: 'trash', everyMs: HOUR_MS, work: emptyTrash },
  ]
}

/** Allowances are given at each so many-th sweep: once a minute, by default. */
const SWEEPS_A_GIFT = 4
const HOUR_MS = 3_600_000

const OLD_ATTEMPTS = sql`DELETE FROM attempts WHERE created_at < now() - interval '24 hours'`
const OLD_SESSIONS = sql`DELETE FROM sessions WHERE expires_at < now()`
const OLD_RATE_LIMITS = sql`DELETE FROM rate_limits WHERE expire < extract(epoch FROM now()) * 1000`

async function repeat({ name, everyMs, work }: Chore, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await work(stopping)
    } catch (err) {
      log().warn({ err, chore: name }, 'maintenance failed; it will be tried again')
    }
    // Throws where it is woken to stop.
    await sleep(everyMs, undefined, { signal: stopping, ref: false }).catch(() => {})
  }
}

async function sweepGenerations(): Promise<void> {
  const swept = await sweep()
  if (swept.length > 0) log().warn({ swept }, 'generations outlived their lease: holds given back')
}

async function publishScheduled(): Promise<void> {
  const published = await publishDue()
  if (published.length > 0) log().info({ published }, 'scheduled posts published')
}

async function give(): Promise<void> {
  const given = await giveAllowances()
  if (given > 0) log().info({ given }, 'monthly allowances given')
}

async function emptyTrash(stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted && (await purgeTrash()) > 0);
}
