import { log } from '@/lib/log'
import { query, sql, transaction } from '@/lib/sql'

/** The shares of the cap, in percent, at which the operator is warned, once a day each. */
const WARNINGS = [100, 80, 50]

/**
 * Makes the day's counter true before it is relied on: the cap may have been set in the middle of a day, after
 * spending that nobody counted.
 *
 * The counter is locked before the day is summed up. Other instances are accepting and closing at the same time,
 * each of which changes row and counter together: under the lock, the sum is of exactly those that the counter has.
 */
export async function recountSpend(): Promise<void> {
  await transaction(async (query) => {
    const today = sql`(now() AT TIME ZONE 'UTC')::date`
    await query(sql`INSERT INTO daily_spend (day, credits) VALUES (${today}, 0) ON CONFLICT DO NOTHING`)
    await query(sql`SELECT FROM daily_spend WHERE day = ${today} FOR UPDATE`)
    await query(sql`
      UPDATE daily_spend SET credits = (SELECT coalesce(sum(spend), 0)::int FROM generations g WHERE g.day = ${today})
      WHERE day = ${today}`)
  })
}

/** Credits spent today by everybody: what was delivered, and what running work may still come to. */
export async function spentToday(): Promise<number> {
  const [row] = await query<{ credits: number }>(sql`
    SELECT coalesce(sum(spend), 0)::int AS credits FROM generations WHERE day = (now() AT TIME ZONE 'UTC')::date`)
  return row?.credits ?? 0
}

/** Tells the operator that a share of the cap is reached: once for each share and day, on whichever instance. */
export async function warnOfSpend(spent: number, cap: number): Promise<void> {
  const share = WARNINGS.find((percent) => spent * 100 >= cap * percent)
  if (share === undefined) return
  const first = await query(sql`
    UPDATE daily_spend SET warned = ${share}
    WHERE day = (now() AT TIME ZONE 'UTC')::date AND warned < ${share} RETURNING day`)
  if (first.length > 0) log().warn({ spent, cap, share }, 'the day’s spend cap is being used up')
}
