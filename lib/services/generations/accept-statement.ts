import type { GenerateInput } from '@/lib/schemas/generations'
import { toolNames } from '@/lib/schemas/tools'
import type { Attempt } from '@/lib/services/attempts'
import type { AcceptOptions } from '@/lib/services/generations/accept'
import { isVisitor, type Subject, subjectKey } from '@/lib/services/subject'
import { type Sql, sql } from '@/lib/sql'

/**
 * The statement that accepts a generation: attempt key, daily limit, budget, spend cap, hold, row and ledger
 * entry, each part feeding on the one before (M7, M8). The last part raises where one of them came back empty,
 * and raising undoes all of it.
 *
 * Rows are locked in one order, here and in close(): a subject's counter, its tier's, the day's spend, the key's
 * budget, the balance. So two statements can't wait for each other.
 */
export function acceptStatement(
  subject: Subject,
  input: GenerateInput,
  { id, model, leaseMs, brief, cap, quoted }: AcceptOptions & { cap: number | null },
  attempt: Attempt,
): Sql {
  const { tool, prompt, text, projectId = null } = input
  const visitor = isVisitor(subject) ? subject.visitor : null
  const who = subjectKey(subject)
  const key = budgetedKey(subject)
  return sql`
    WITH attempt AS (
      INSERT INTO attempts (subject, key, fingerprint, resource_id)
      VALUES (${who}, ${attempt.key}, ${attempt.fingerprint}, ${id})
      ON CONFLICT (subject, key) DO UPDATE
        SET fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, created_at = now()
        WHERE attempts.created_at < now() - interval '24 hours'
      RETURNING key
    ), policy AS (
      SELECT p.hold AS price, ${limitOf(subject)} AS daily_limit FROM attempt, tool_policies p
      WHERE p.tool = ${tool} AND p.tier = ${tierOf(subject)}
    ), used AS (
      INSERT INTO daily_uses (subject, tool, day, used)
      SELECT ${who}, ${tool}, (now() AT TIME ZONE 'UTC')::date, 1 FROM policy WHERE daily_limit <> 0
      ON CONFLICT (subject, tool, day) DO UPDATE SET used = daily_uses.used + 1
        WHERE (SELECT daily_limit FROM policy) = -1 OR daily_uses.used < (SELECT daily_limit FROM policy)
      RETURNING day
    ), budget AS (
      ${takeBudget(subject)}
    ), spent AS (
      ${spendUnderCap(cap)}
    ), allotted AS (
      ${spendFromBudget(key)}
    ), debit AS (
      ${debitOf(subject)}
    ), generation AS (
      INSERT INTO generations
        (id, owner_id, visitor, api_key_id, project_id, tool, prompt, text, brief, model, basic, held, spend, day, lease_until)
      SELECT ${id}, debit.payer, ${visitor}, ${key}, ${projectId}, ${tool}, ${prompt}, ${text}, ${brief}, ${model.name},
        ${model.basic}, debit.hold, policy.price, spent.day, now() + ${leaseMs}::int * interval '1 millisecond'
      FROM debit, spent, policy RETURNING id, held, spend, fence
    ), entry AS (
      INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason)
      SELECT debit.payer, 'hold', -debit.hold, debit.balance, generation.id, ${toolNames[tool]}
      FROM debit, generation WHERE debit.payer IS NOT NULL
    )
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM attempt) THEN refuse('attempt_taken')
        WHEN NOT EXISTS (SELECT FROM policy) THEN refuse('tool_not_offered')
        WHEN (SELECT price FROM policy) > ${quoted}::int THEN refuse('price_raised')
        WHEN NOT EXISTS (SELECT FROM used) THEN refuse('daily_limit')
        WHEN NOT EXISTS (SELECT FROM budget) THEN refuse('tier_budget')
        WHEN NOT EXISTS (SELECT FROM spent) THEN refuse('spend_cap')
        WHEN NOT EXISTS (SELECT FROM allotted) THEN refuse('key_budget')
        WHEN NOT EXISTS (SELECT FROM debit) THEN refuse('insufficient_credits')
      END AS refused,
      g.held, g.fence, g.spend AS price, s.total AS "spentToday"
    FROM (SELECT 1) AS always LEFT JOIN generation g ON true LEFT JOIN spent s ON true`
}

/** Visitors who can't be told apart would use up one another's tries. */
function limitOf(subject: Subject): Sql {
  return isVisitor(subject) && subject.shared ? sql`-1` : sql`p.daily_limit`
}

function tierOf(subject: Subject): Sql {
  return isVisitor(subject) ? sql`'anonymous'` : sql`(SELECT tier FROM users WHERE id = ${subject.userId})`
}

/** Visitors share a budget: however many addresses somebody has, there is an end to it. */
function takeBudget(subject: Subject): Sql {
  if (!isVisitor(subject)) return sql`SELECT day FROM used`
  const limit = sql`(SELECT daily_budget FROM tier_policies WHERE tier = 'anonymous')`
  return sql`
    INSERT INTO daily_uses (subject, tool, day, used)
    SELECT 'tier:anonymous', '*', day, 1 FROM used WHERE ${limit} IS NULL OR ${limit} > 0
    ON CONFLICT (subject, tool, day) DO UPDATE SET used = daily_uses.used + 1
      WHERE ${limit} IS NULL OR daily_uses.used < ${limit}
    RETURNING day`
}

/** Without a cap there is no row that all of them would have to wait for. */
function spendUnderCap(cap: number | null): Sql {
  if (cap === null) return sql`SELECT day, NULL::int AS total FROM budget`
  return sql`
    INSERT INTO daily_spend (day, credits) SELECT budget.day, policy.price FROM budget, policy WHERE policy.price <= ${cap}
    ON CONFLICT (day) DO UPDATE SET credits = daily_spend.credits + excluded.credits
      WHERE daily_spend.credits + excluded.credits <= ${cap}
    RETURNING day, credits AS total`
}

/** The key whose budget pays, too; null where there is none. */
function budgetedKey(subject: Subject): string | null {
  if (isVisitor(subject)) return null
  const { credential } = subject
  return credential.kind === 'key' && credential.hasBudget ? credential.keyId : null
}

function spendFromBudget(key: string | null): Sql {
  if (key === null) return sql`SELECT FROM spent`
  return sql`
    UPDATE api_keys SET spent = api_keys.spent + policy.price FROM policy, spent
    WHERE api_keys.id = ${key} AND api_keys.spent + policy.price <= api_keys.budget RETURNING api_keys.id`
}

function debitOf(subject: Subject): Sql {
  if (isVisitor(subject))
    return sql`SELECT NULL::uuid AS payer, NULL::int AS balance, 0 AS hold FROM allotted`
  return sql`
    UPDATE users SET credits = users.credits - policy.price FROM policy, allotted
    WHERE users.id = ${subject.userId} AND users.credits >= policy.price
    RETURNING users.id AS payer, users.credits AS balance, policy.price AS hold`
}
