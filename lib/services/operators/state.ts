import { env } from '@/lib/env'
import { causesOf } from '@/lib/errors'
import { storage } from '@/lib/providers/storage'
import { model } from '@/lib/services/generations'
import type { Operator } from '@/lib/services/operators/operator'
import { spentToday } from '@/lib/services/spend'
import { query, sql } from '@/lib/sql'

export type Spend = {
  spent: number
  /** `SPEND_CAP_CREDITS_PER_DAY`; null is no cap. */
  cap: number | null
  /** The share of the cap, in percent, of which the log has warned today. */
  warned: number
  visitors: { used: number; budget: number | null }
  running: { count: number; held: number }
}

/** What is spent today by everybody, against what may be. */
export async function readSpend(_: Operator): Promise<Spend> {
  type Row = { warned: number; used: number; budget: number | null; count: number; held: number }
  const [spent, [row]] = await Promise.all([
    spentToday(),
    query<Row>(sql`
      SELECT
        coalesce((SELECT warned FROM daily_spend WHERE day = today.day), 0) AS warned,
        coalesce((SELECT used FROM daily_uses
          WHERE subject = 'tier:anonymous' AND tool = '*' AND day = today.day), 0) AS used,
        (SELECT daily_budget FROM tier_policies WHERE tier = 'anonymous') AS budget,
        running.count, running.held
      FROM (SELECT (now() AT TIME ZONE 'UTC')::date AS day) today,
        (SELECT count(*)::int AS count, coalesce(sum(held), 0)::int AS held FROM generations
          WHERE status = 'running') running`),
  ])
  const { warned = 0, used = 0, budget = null, count = 0, held = 0 } = row ?? {}
  return {
    spent,
    cap: env().SPEND_CAP_CREDITS_PER_DAY ?? null,
    warned,
    visitors: { used, budget },
    running: { count, held },
  }
}

export type Absorbed = { reason: 'above_hold' | 'late'; times: number; credits: number }

/** What the house has paid in the last 30 days, because no one else could be asked to. */
export async function readAbsorbed(_: Operator): Promise<Absorbed[]> {
  return query<Absorbed>(sql`
    SELECT reason, count(*)::int AS times, sum(credits)::int AS credits FROM absorbed_costs
    WHERE created_at > now() - interval '30 days' GROUP BY reason ORDER BY reason`)
}

/** What this instance runs on. */
export async function readHealth(_: Operator) {
  const { name, basic } = model()
  const [row] = await query<{ version: string }>(
    sql`SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
  )
  return {
    database: { embedded: env().DATABASE_URL === undefined, version: row?.version ?? '' },
    model: { name, basic },
    storage: {
      name: storage().name,
      trouble: await storage()
        .check()
        .then(() => null, causesOf),
    },
    uptimeSeconds: Math.floor(process.uptime()),
  }
}
