import { grant } from '@/lib/services/credits'
import { query, sql } from '@/lib/sql'

/** How many accounts are looked up at once. */
const BATCH = 200

/**
 * Gives every account its tier's allowance for the month, unless it has had it. Any number of instances may do so
 * at once, and be killed at it: the ledger's unique `ref` is what makes it once a month and account (M9).
 *
 * @param month UTC, `2026-11`; the current one, if not said.
 * @returns how many were given by this call.
 */
export async function giveAllowances(month?: string): Promise<number> {
  month ??= await thisMonth()
  const ref = `allowance:${month}`
  let given = 0
  for (;;) {
    const due = await query<{ userId: string; amount: number }>(sql`
      SELECT u.id AS "userId", p.monthly_allowance AS amount
      FROM users u JOIN tier_policies p ON p.tier = u.tier
      WHERE p.monthly_allowance > 0
        -- Balances are 32-bit numbers: an account that has no room for it must not keep the others from theirs.
        AND u.credits::bigint + p.monthly_allowance < 2147483648
        AND NOT EXISTS (SELECT FROM ledger_entries e WHERE e.user_id = u.id AND e.ref = ${ref})
      LIMIT ${BATCH}`)
    for (const { userId, amount } of due) {
      const balance = await grant({ userId, amount, reason: 'Monthly allowance', ref })
      if (balance !== null) given++
    }
    if (due.length < BATCH) return given
  }
}

/** By the database's clock: instances whose clocks disagree would give the gifts of different months. */
async function thisMonth(): Promise<string> {
  const [row] = await query<{ month: string }>(
    sql`SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') AS month`,
  )
  if (!row) throw new Error('asking for the month answered no row')
  return row.month
}
