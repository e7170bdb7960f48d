import type { ErrorCode } from '@/lib/errors'
import { query, sql } from '@/lib/sql'

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
 * failure that delivered nothing gives its daily use back (M6). A later close finds no running row.
 *
 * @returns false if the generation was not this caller's to close.
 */
export async function close(claim: Claim, outcome: Outcome): Promise<boolean> {
  const fence = 'fence' in claim ? claim.fence : null
  const rows = await query(sql`
    WITH closed AS (
      UPDATE generations SET
        status = ${outcome.status}::generation_status, charged = LEAST(held, ${outcome.charge}::int),
        error_code = ${outcome.errorCode}, model = coalesce(${outcome.model}, model), input_tokens = ${outcome.inputTokens}::int,
        output_tokens = ${outcome.outputTokens}::int, ended_at = now(), fence = fence + 1
      WHERE id = ${claim.id} AND status = 'running'
        AND CASE WHEN ${fence}::int IS NULL THEN lease_until < now() ELSE fence = ${fence}::int END
      RETURNING id, owner_id, tool, day, held, charged, status
    ), use_back AS (
      UPDATE daily_uses SET used = daily_uses.used - 1 FROM closed
      WHERE closed.status = 'failed' AND NOT EXISTS (SELECT FROM generation_chunks WHERE generation_id = closed.id)
        AND daily_uses.subject = closed.owner_id::text AND daily_uses.tool = closed.tool AND daily_uses.day = closed.day
      RETURNING 1
    ), credited AS (
      -- Counting use_back makes it come first: counters before balances, as in accept().
      UPDATE users SET credits = credits + (closed.held - closed.charged) FROM closed
      WHERE users.id = closed.owner_id AND (SELECT count(*) FROM use_back) >= 0
      RETURNING users.id, users.credits
    ), entry AS (
      INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason)
      SELECT closed.owner_id, CASE WHEN closed.charged = 0 THEN 'release' ELSE 'settle' END::ledger_kind,
        closed.held - closed.charged, credited.credits, closed.id,
        CASE closed.status WHEN 'succeeded' THEN 'Delivered' WHEN 'stopped' THEN 'Stopped' ELSE 'Failed' END
      FROM closed, credited
    )
    SELECT pg_notify('inkwell', 'ended:' || id) FROM closed`)
  return rows.length > 0
}
