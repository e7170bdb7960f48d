import { violatedUnique } from '@/lib/db-errors'
import { AppError } from '@/lib/errors'
import type { LedgerKind } from '@/lib/schemas/ledger'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, sql, query as standalone } from '@/lib/sql'

/** Whole credits to give; `ref` makes it a gift that is given once (M9), however often it is asked for. */
export type Grant = { userId: string; amount: number; reason: string; ref?: string }

/**
 * Gives credits: the balance and its ledger entry in one statement (M1).
 *
 * @returns the balance afterwards, or null if a grant with this `ref` had been given before.
 */
export async function grant(
  { userId, amount, reason, ref }: Grant,
  query: Query = standalone,
): Promise<number | null> {
  if (!Number.isInteger(amount) || amount < 1)
    throw new RangeError('a grant is a whole number of credits, 1 or more')
  try {
    const [entry] = await query<{ balance: number }>(sql`
      WITH credited AS (
        UPDATE users SET credits = credits + ${amount} WHERE id = ${userId} RETURNING credits
      )
      INSERT INTO ledger_entries (user_id, kind, amount, balance, reason, ref)
      SELECT ${userId}, 'grant', ${amount}::int, credits, ${reason}, ${ref ?? null} FROM credited
      RETURNING balance`)
    if (!entry) throw new AppError('not_found', 'There is no such account.')
    return entry.balance
  } catch (error) {
    if (violatedUnique(error) === 'ledger_entries_one_ref') return null
    throw error
  }
}

/** The viewer's balance in credits, as of now. */
export async function balanceOf({ userId }: Viewer): Promise<number> {
  const [row] = await standalone<{ credits: number }>(sql`SELECT credits FROM users WHERE id = ${userId}`)
  return row?.credits ?? 0
}

export type LedgerEntry = {
  id: string
  kind: LedgerKind
  amount: number
  balance: number
  generationId: string | null
  reason: string
  createdAt: Date
}

/** The viewer's entries, newest first; `before` is the id of the last one already seen. */
export async function listLedger(
  { userId }: Pick<Viewer, 'userId'>,
  limit: number,
  before: string | null,
): Promise<LedgerEntry[]> {
  return standalone<LedgerEntry>(sql`
    SELECT id, kind, amount, balance, generation_id AS "generationId", reason, created_at AS "createdAt"
    FROM ledger_entries
    WHERE user_id = ${userId} AND (${before}::bigint IS NULL OR id < ${before}::bigint)
    ORDER BY id DESC LIMIT ${limit}`)
}

/** Whether the books balance now: the ledger against the balance, open holds against running generations. */
export async function proveBooks({ userId }: Viewer) {
  const [proof] = await standalone<{
    credits: number
    ledger: number
    openHolds: number
    running: number
  }>(sql`
    SELECT u.credits,
      (SELECT coalesce(sum(amount), 0)::int FROM ledger_entries WHERE user_id = u.id) AS ledger,
      (SELECT coalesce(-sum(h.amount), 0)::int FROM ledger_entries h
        WHERE h.user_id = u.id AND h.kind = 'hold' AND NOT EXISTS (
          SELECT FROM ledger_entries c WHERE c.generation_id = h.generation_id AND c.kind IN ('settle', 'release')
        )) AS "openHolds",
      (SELECT coalesce(sum(held), 0)::int FROM generations WHERE owner_id = u.id AND status = 'running') AS running
    FROM users u WHERE u.id = ${userId}`)
  if (!proof) throw new AppError('not_found', 'There is no such account.')
  return { ...proof, balanced: proof.credits === proof.ledger && proof.openHolds === proof.running }
}
