import type { ErrorCode } from '@/lib/errors'
import { type Query, query, sql, transaction } from '@/lib/sql'

/** How a generation ended. Tokens may be unknown where the provider gave no usage. */
export type Outcome = {
  status: 'succeeded' | 'stopped' | 'failed'
  /** Credits for what was delivered; the database takes no more than the hold. */
  charge: number
  errorCode: ErrorCode | null
  /** The model's name, which may be known only now; null keeps the one it was accepted with. */
  model: string | null
  inputTokens: number | null
  outputTokens: number | null
}

/** Which running row may be closed: the runner knows its fence; the sweeper takes what outlived its lease. */
export type Claim = { id: string; fence: number } | { id: string; expired: true }

/**
 * Closes a generation exactly once (M3): the row's status is the compare-and-set, and whoever changes it
 * first owns the settlement. In the same statement the rest of the hold goes back, with its entry, and a
 * failure that delivered nothing gives its daily use back (M6); what was not delivered no longer counts against
 * the spend cap, nor against the budget of a key. A later close finds no running row.
 *
 * @returns false if the generation was not this caller's to close.
 */
export function close(claim: Claim, outcome: Outcome): Promise<boolean> {
  if (outcome.status !== 'failed') return closeIn(query, claim, outcome)
  // Locked in a statement of its own: the one that closes it then sees all the text there is, also what was being
  // stored just now, and whether any came decides whether the day's use goes back.
  return transaction(async (run) => {
    await run(sql`SELECT FROM generations WHERE id = ${claim.id} AND status = 'running' FOR UPDATE`)
    return closeIn(run, claim, outcome)
  })
}

/** As part of a transaction. What has failed must be locked by it before. */
export async function closeIn(run: Query, claim: Claim, outcome: Outcome): Promise<boolean> {
  const fence = 'fence' in claim ? claim.fence : null
  const rows = await run(sql`
    WITH closed AS (
      UPDATE generations SET
        status = ${outcome.status}::generation_status, charged = LEAST(held, ${outcome.charge}::int),
        spend = LEAST(spend, ${outcome.charge}::int), error_code = ${outcome.errorCode},
        model = coalesce(${outcome.model}, model), input_tokens = ${outcome.inputTokens}::int,
        output_tokens = ${outcome.outputTokens}::int, ended_at = now(), fence = generations.fence + 1
      FROM (SELECT id, spend AS price FROM generations WHERE id = ${claim.id}) AS before
      WHERE generations.id = before.id AND status = 'running'
        AND CASE WHEN ${fence}::int IS NULL THEN lease_until < now() ELSE fence = ${fence}::int END
      RETURNING generations.id, owner_id, visitor, api_key_id, tool, day, held, charged, status, before.price - spend AS unspent
    ), useless AS (
      SELECT coalesce(owner_id::text, 'visitor:' || visitor) AS subject, tool, day, visitor FROM closed
      WHERE status = 'failed' AND NOT EXISTS (SELECT FROM generation_chunks WHERE generation_id = closed.id)
    ), use_back AS (
      UPDATE daily_uses SET used = daily_uses.used - 1 FROM useless
      WHERE daily_uses.subject = useless.subject AND daily_uses.tool = useless.tool AND daily_uses.day = useless.day
      RETURNING 1
    ), budget_back AS (
      -- Each part counts the one before, so that rows are locked in the order in which accept() locks them.
      UPDATE daily_uses SET used = daily_uses.used - 1 FROM useless
      WHERE useless.visitor IS NOT NULL AND (SELECT count(*) FROM use_back) >= 0
        AND daily_uses.subject = 'tier:anonymous' AND daily_uses.tool = '*' AND daily_uses.day = useless.day
      RETURNING 1
    ), spend_back AS (
      UPDATE daily_spend SET credits = GREATEST(0, daily_spend.credits - closed.unspent) FROM closed
      WHERE daily_spend.day = closed.day AND closed.unspent > 0 AND (SELECT count(*) FROM budget_back) >= 0
      RETURNING 1
    ), allotment_back AS (
      UPDATE api_keys SET spent = api_keys.spent - closed.unspent FROM closed
      WHERE api_keys.id = closed.api_key_id AND (SELECT count(*) FROM spend_back) >= 0
      RETURNING 1
    ), credited AS (
      UPDATE users SET credits = credits + (closed.held - closed.charged) FROM closed
      WHERE users.id = closed.owner_id
        AND (SELECT count(*) FROM use_back) + (SELECT count(*) FROM spend_back) + (SELECT count(*) FROM allotment_back) >= 0
      RETURNING users.id, users.credits
    ), entry AS (
      INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason)
      SELECT closed.owner_id, CASE WHEN closed.charged = 0 THEN 'release' ELSE 'settle' END::ledger_kind,
        closed.held - closed.charged, credited.credits, closed.id,
        CASE closed.status WHEN 'succeeded' THEN 'Delivered' WHEN 'stopped' THEN 'Stopped' ELSE 'Failed' END
      FROM closed, credited
    ), absorbed AS (
      INSERT INTO absorbed_costs (generation_id, reason, credits)
      SELECT id, 'above_hold', ${outcome.charge}::int - held FROM closed
      WHERE owner_id IS NOT NULL AND ${outcome.charge}::int > held
    )
    SELECT pg_notify('inkwell', 'ended:' || id) FROM closed`)
  return rows.length > 0
}

/**
 * Keeps what a settlement that came after the sweeper's would have charged: the house has paid for it. Only of
 * what has failed: a settlement whose acknowledgement was lost finds its own work done, and nothing was absorbed.
 */
export async function recordLateSettlement(id: string, credits: number): Promise<void> {
  await query(sql`
    INSERT INTO absorbed_costs (generation_id, reason, credits)
    SELECT id, 'late', ${credits}::int FROM generations
    WHERE id = ${id} AND status = 'failed' AND ${credits}::int > 0 ON CONFLICT DO NOTHING`)
}
