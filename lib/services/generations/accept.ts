import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError } from 'pg'
import { asUnavailable } from '@/lib/db-errors'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import type { GenerateInput } from '@/lib/schemas/generations'
import { type Attempt, earlierAttempt, findAttempt, fingerprint } from '@/lib/services/attempts'
import { acceptStatement } from '@/lib/services/generations/accept-statement'
import { refusalOf } from '@/lib/services/generations/refusals'
import { warnOfSpend } from '@/lib/services/spend'
import type { Subject } from '@/lib/services/subject'
import { query, type Sql, sql } from '@/lib/sql'

/**
 * `replayed`: the key had been used for the same body before, and this is what was made then. `price` is the
 * ceiling in credits, also where nobody pays it.
 */
export type Accepted = { id: string; held: number; price: number; fence: number; replayed: boolean }

export type AcceptOptions = {
  /** What it will be known by. */
  id: string
  /** The attempt key: one owner and one key make one generation (M5). */
  key: string | null
  /** The price that the caller was shown, in credits: a higher one is refused. Null where none was shown. */
  quoted: number | null
  /** Whose name the row carries, and whether its output is to be labelled as no model's. */
  model: { name: string; basic: boolean }
  /** Milliseconds that the generation may go without a sign of life. */
  leaseMs: number
  /** What the project tells every generation in it. */
  brief: string
}

/**
 * Accepts a generation, or leaves no trace.
 *
 * @throws AppError `key_reused`, `forbidden` (a tool that the tier has not), `precondition_failed` (the price was
 *   raised), `daily_limit`, `spend_cap`, `insufficient_credits`.
 */
export async function accept(
  subject: Subject,
  input: GenerateInput,
  options: AcceptOptions,
): Promise<Accepted> {
  const { id } = options
  const attempt = attemptOf(input, options.key ?? id)
  const cap = env().SPEND_CAP_CREDITS_PER_DAY ?? null
  try {
    const [row] = await insist(acceptStatement(subject, input, { ...options, cap }, attempt))
    if (!row) throw new Error('accepting answered no row')
    const { held, price, fence, spentToday } = row
    // Not waited for: it is accepted, and whatever becomes of the warning, it must be run.
    if (cap !== null && spentToday !== null) {
      warnOfSpend(spentToday, cap).catch((err: unknown) => log().warn({ err }, 'warning of the spend failed'))
    }
    return { id, held, price, fence, replayed: false }
  } catch (error) {
    // `refuse()` in the database raises under this code, with the name of what refused.
    const reason = error instanceof DatabaseError && error.code === 'IK000' ? error.message : null
    if (reason === null) throw error
    if (reason === 'attempt_taken') return replay(subject, attempt, id)
    throw await refusalOf(reason, subject, input.tool, cap)
  }
}

/**
 * What was accepted under this attempt key before; null if nothing was.
 *
 * @throws AppError `key_reused` if that was another input.
 */
export async function acceptedBefore(
  subject: Subject,
  input: GenerateInput,
  key: string,
): Promise<Accepted | null> {
  const attempt = attemptOf(input, key)
  const id = await earlierAttempt(subject, attempt)
  return id ? acceptedAs(id, true) : null
}

function attemptOf(input: GenerateInput, key: string): Attempt {
  const { tool, prompt, text, projectId = null } = input
  return { key, fingerprint: fingerprint('generate', [tool, prompt, text, projectId]) }
}

/** How long a caller is kept waiting for a database that restarts, in milliseconds. */
const PATIENCE_MS = 3_000

type Row = { held: number; price: number; fence: number; spentToday: number | null }

/**
 * Where the connection broke, nobody knows whether the statement took effect. Asked again under the same id and
 * key, it takes effect now, or finds itself accepted.
 */
async function insist(statement: Sql): Promise<Row[]> {
  const patience = performance.now() + PATIENCE_MS
  for (let wait = 100; ; wait *= 2) {
    try {
      return await query<Row>(statement)
    } catch (error) {
      if (asUnavailable(error) === error || performance.now() + wait > patience) throw error
      await sleep(wait)
    }
  }
}

/** @param mine what this call would have been accepted as: if that is what is there, it was. */
async function replay(subject: Subject, attempt: Attempt, mine: string): Promise<Accepted> {
  const id = await findAttempt(query, subject, attempt)
  return acceptedAs(id, id !== mine)
}

async function acceptedAs(id: string, replayed: boolean): Promise<Accepted> {
  const [row] = await query<{ held: number; price: number; fence: number }>(
    sql`SELECT held, spend AS price, fence FROM generations WHERE id = ${id}`,
  )
  if (!row) throw new Error('an attempt key stands for a generation that is not there')
  return { id, ...row, replayed }
}
