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

/** Sweeps at once and then on a timer, until the answer is called. Any number of instances may do so at once. */
export function startMaintenance(): () => void {
  let forgotten = Number.NEGATIVE_INFINITY
  let sweeps = 0
  async function tick(): Promise<void> {
    try {
      const swept = await sweep()
      if (swept.length > 0) log().warn({ swept }, 'generations outlived their lease: holds given back')
      const published = await publishDue()
      if (published.length > 0) log().info({ published }, 'scheduled posts published')
      if (sweeps++ % SWEEPS_A_GIFT === 0) await give()
      if (performance.now() - forgotten > HOUR_MS) await forget()
      await resumeImports()
      await sweepOrphans()
      await sendOutgoingMail()
    } catch (err) {
      log().warn({ err }, 'maintenance failed; it will be tried again')
    }
  }
  async function give(): Promise<void> {
    const given = await giveAllowances()
    if (given > 0) log().info({ given }, 'monthly allowances given')
  }
  async function forget(): Promise<void> {
    forgotten = performance.now()
    await query(sql`DELETE FROM attempts WHERE created_at < now() - interval '24 hours'`)
    await query(sql`DELETE FROM sessions WHERE expires_at < now()`)
    await query(sql`DELETE FROM rate_limits WHERE expire < extract(epoch FROM now()) * 1000`)
    await spool().sweep()
    await forgetDrafts()
    while ((await purgeTrash()) > 0);
  }
  tick()
  const timer = setInterval(tick, env().SWEEP_INTERVAL_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Allowances are given at each so many-th sweep: once a minute, by default. */
const SWEEPS_A_GIFT = 4
const HOUR_MS = 3_600_000
