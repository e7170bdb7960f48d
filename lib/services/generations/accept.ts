import { DatabaseError } from 'pg'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { GenerateInput } from '@/lib/schemas/generations'
import { type Tool, toolNames } from '@/lib/schemas/tools'
import { type Attempt, findAttempt, fingerprint } from '@/lib/services/attempts'
import { balanceOf } from '@/lib/services/credits'
import { usageOf } from '@/lib/services/usage'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** `replayed`: the key had been used for the same body before, and this is what was made then. */
export type Accepted = { id: string; held: number; fence: number; replayed: boolean }

export type AcceptOptions = {
  /** The attempt key: one owner and one key make one generation (M5). */
  key: string | null
  /** Whose name the row carries, and whether its output is to be labelled as no model's. */
  model: { name: string; basic: boolean }
  /** Milliseconds that the generation may go without a sign of life. */
  leaseMs: number
  /** What the project tells every generation in it. */
  brief: string
}

/**
 * Accepts a generation: attempt key, daily limit, hold, row and ledger entry in one statement (M7). A
 * refusal at any of them raises, and raising undoes all of it: that is why there is nothing to undo here.
 *
 * Counters are touched before balances, here and in close(), so that two of them can't wait for each other.
 *
 * @throws AppError `key_reused`, `daily_limit`, `insufficient_credits`.
 */
export async function accept(
  viewer: Viewer,
  input: GenerateInput,
  options: AcceptOptions,
): Promise<Accepted> {
  const id = newId()
  const key = options.key ?? id
  const { tool, prompt, text, projectId = null } = input
  const attempt = { key, fingerprint: fingerprint('generate', [tool, prompt, text, projectId]) }
  try {
    const [row] = await query<{ held: number; fence: number }>(sql`
      WITH attempt AS (
        INSERT INTO attempts (owner_id, key, fingerprint, resource_id)
        VALUES (${viewer.userId}, ${attempt.key}, ${attempt.fingerprint}, ${id})
        ON CONFLICT (owner_id, key) DO UPDATE
          SET fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, created_at = now()
          WHERE attempts.created_at < now() - interval '24 hours'
        RETURNING owner_id
      ), policy AS (
        SELECT p.hold, p.daily_limit FROM attempt
        JOIN users u ON u.id = attempt.owner_id JOIN tool_policies p ON p.tier = u.tier AND p.tool = ${tool}
      ), used AS (
        INSERT INTO daily_uses (subject, tool, day, used)
        SELECT ${viewer.userId}::text, ${tool}, (now() AT TIME ZONE 'UTC')::date, 1 FROM policy WHERE daily_limit <> 0
        ON CONFLICT (subject, tool, day) DO UPDATE SET used = daily_uses.used + 1
          WHERE (SELECT daily_limit FROM policy) = -1 OR daily_uses.used < (SELECT daily_limit FROM policy)
        RETURNING day
      ), debit AS (
        UPDATE users SET credits = credits - policy.hold FROM policy, used
        WHERE users.id = ${viewer.userId} AND users.credits >= policy.hold
        RETURNING users.id, users.credits, policy.hold, used.day
      ), generation AS (
        INSERT INTO generations
          (id, owner_id, project_id, tool, prompt, text, brief, model, basic, held, day, lease_until)
        SELECT ${id}, debit.id, ${projectId}, ${tool}, ${prompt}, ${text},
          ${options.brief}, ${options.model.name}, ${options.model.basic}, debit.hold, debit.day,
          now() + ${options.leaseMs}::int * interval '1 millisecond'
        FROM debit RETURNING id, held, fence
      ), entry AS (
        INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason)
        SELECT debit.id, 'hold', -debit.hold, debit.credits, generation.id, ${toolNames[tool]}
        FROM debit, generation
      )
      SELECT CASE
          WHEN NOT EXISTS (SELECT FROM attempt) THEN refuse('attempt_taken')
          WHEN NOT EXISTS (SELECT FROM used) THEN refuse('daily_limit')
          WHEN NOT EXISTS (SELECT FROM debit) THEN refuse('insufficient_credits')
        END AS refused,
        (SELECT held FROM generation) AS held, (SELECT fence FROM generation) AS fence`)
    if (!row) throw new Error('accepting answered no row')
    return { id, held: row.held, fence: row.fence, replayed: false }
  } catch (error) {
    switch (refusal(error)) {
      case 'attempt_taken':
        return replay(viewer, attempt)
      case 'daily_limit':
        throw await dailyLimit(viewer, tool)
      case 'insufficient_credits':
        throw await insufficientCredits(viewer, tool)
      default:
        throw error
    }
  }
}

/** What `refuse()` in the database was told, or null for any other error. */
function refusal(error: unknown): string | null {
  return error instanceof DatabaseError && error.code === 'IK000' ? error.message : null
}

async function replay(viewer: Viewer, attempt: Attempt): Promise<Accepted> {
  const id = await findAttempt(query, viewer, attempt)
  const [row] = await query<{ held: number; fence: number }>(
    sql`SELECT held, fence FROM generations WHERE id = ${id}`,
  )
  if (!row) throw new Error('an attempt key stands for a generation that is not there')
  return { id, ...row, replayed: true }
}

async function dailyLimit(viewer: Viewer, tool: Tool): Promise<AppError> {
  const usage = (await usageOf(viewer)).find((one) => one.tool === tool)
  const { limit = 0, used = 0, resetsAt = new Date().toISOString() } = usage ?? {}
  const seconds = Math.max(1, Math.ceil((Date.parse(resetsAt) - Date.now()) / 1000))
  const detail = `You have used “${toolNames[tool]}” ${used} of ${limit} times today. It resets at midnight UTC.`
  return new AppError('daily_limit', detail, { facts: { limit, used, resetsAt }, retryAfter: seconds })
}

async function insufficientCredits(viewer: Viewer, tool: Tool): Promise<AppError> {
  const [available, usage] = await Promise.all([balanceOf(viewer), usageOf(viewer)])
  const needed = usage.find((one) => one.tool === tool)?.hold ?? 0
  const detail = `This needs ${needed} credits and ${available} ${available === 1 ? 'is' : 'are'} available.`
  return new AppError('insufficient_credits', detail, { facts: { needed, available } })
}
