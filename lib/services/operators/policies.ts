import { AppError } from '@/lib/errors'
import type { PolicyChange } from '@/lib/schemas/admin'
import { TIERS, type Tier, TOOLS, type Tool } from '@/lib/schemas/tools'
import { type Operator, record } from '@/lib/services/operators/operator'
import { type Query, type Sql, sql, query as standalone, transaction } from '@/lib/sql'

/** What a tier costs and may do. `dailyLimit` -1 is no limit; so is a `dailyBudget` or an `uploadQuota` of null. */
export type TierPolicy = {
  tier: Tier
  /** Credits given once a month to each account of the tier. */
  monthlyAllowance: number
  /** Uses a day by the whole tier together. */
  dailyBudget: number | null
  /** Bytes of uploads that each account of the tier may keep. */
  uploadQuota: number | null
  tools: { tool: Tool; hold: number; dailyLimit: number }[]
}

/** Every tier's, visitors first. */
export async function readPolicies(_: Operator): Promise<TierPolicy[]> {
  const policies = await standalone<TierPolicy>(policiesWhere(sql`true`))
  return policies.map(inOrder).sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier))
}

/**
 * Changes limits and prices of a tier. They bite at once, on every instance: the statement that accepts a
 * generation reads them itself.
 *
 * @returns the tier's policy afterwards.
 * @throws AppError `precondition_failed` if somebody has changed them since they were shown.
 */
export async function changePolicy(operator: Operator, change: PolicyChange): Promise<TierPolicy> {
  const { tier, seen, tools } = change
  return transaction(async (query) => {
    await query(sql`SELECT FROM tier_policies WHERE tier = ${tier}::"tier" FOR UPDATE`)
    const before = await read(query, tier)
    if (seenOf(before) !== seen) throw changedMeanwhile()
    for (const { tool, hold, dailyLimit } of tools) {
      await query(sql`
        UPDATE tool_policies SET hold = ${hold}, daily_limit = ${dailyLimit}
        WHERE tier = ${tier}::"tier" AND tool = ${tool}`)
    }
    const {
      monthlyAllowance = before.monthlyAllowance,
      dailyBudget = before.dailyBudget,
      uploadQuota = before.uploadQuota,
    } = change
    await query(sql`
      UPDATE tier_policies SET monthly_allowance = ${monthlyAllowance}, daily_budget = ${dailyBudget}, upload_quota = ${uploadQuota}
      WHERE tier = ${tier}::"tier"`)
    const after = await read(query, tier)
    if (seenOf(after) !== seen) {
      const facts = { before: factsOf(before), after: factsOf(after) }
      await record(query, operator, { action: 'prices', subject: tier, ...facts })
    }
    return after
  })
}

/** The policy as one line, by which a form says what it was made from. */
export function seenOf(policy: TierPolicy): string {
  return JSON.stringify(factsOf(policy))
}

/** The policy of one tier, as it is now. */
export async function readPolicy(_: Operator, tier: Tier): Promise<TierPolicy> {
  return read(standalone, tier)
}

async function read(query: Query, tier: Tier): Promise<TierPolicy> {
  const [policy] = await query<TierPolicy>(policiesWhere(sql`t.tier = ${tier}::"tier"`))
  if (!policy) throw new Error(`the tier ${tier} has no policy`)
  return inOrder(policy)
}

function policiesWhere(condition: Sql): Sql {
  return sql`
    SELECT t.tier, t.monthly_allowance AS "monthlyAllowance", t.daily_budget AS "dailyBudget",
      t.upload_quota::float8 AS "uploadQuota",
      (SELECT coalesce(json_agg(json_build_object('tool', tool, 'hold', hold, 'dailyLimit', daily_limit)), '[]')
        FROM tool_policies WHERE tier = t.tier) AS tools
    FROM tier_policies t WHERE ${condition}`
}

function inOrder(policy: TierPolicy): TierPolicy {
  const tools = policy.tools.toSorted((a, b) => TOOLS.indexOf(a.tool) - TOOLS.indexOf(b.tool))
  return { ...policy, tools }
}

function factsOf({
  monthlyAllowance,
  dailyBudget,
  uploadQuota,
  tools,
}: TierPolicy): Record<string, number | null> {
  const prices = tools.flatMap(({ tool, hold, dailyLimit }) => [
    [`${tool} price`, hold],
    [`${tool} daily limit`, dailyLimit],
  ])
  return {
    ...Object.fromEntries(prices),
    'monthly allowance': monthlyAllowance,
    'daily budget': dailyBudget,
    'bytes of uploads': uploadQuota,
  }
}

function changedMeanwhile(): AppError {
  return new AppError(
    'precondition_failed',
    'Somebody has changed these since you opened the page. Nothing is saved; what you typed is still here. Save again to put it in the place of theirs.',
  )
}
