import { AppError } from '@/lib/errors'
import { type Tool, toolNames } from '@/lib/schemas/tools'
import { budgetLeft } from '@/lib/services/api-keys'
import { balanceOf } from '@/lib/services/credits'
import { warnOfSpend } from '@/lib/services/spend'
import { isVisitor, type Subject } from '@/lib/services/subject'
import { notOffered, type ToolUsage, usageOf } from '@/lib/services/usage'
import { query, sql } from '@/lib/sql'

/** What the caller is told of a refusal: what was needed, what is left, and when it resets. */
export async function refusalOf(
  reason: string,
  subject: Subject,
  tool: Tool,
  cap: number | null,
): Promise<AppError> {
  const usage = (await usageOf(subject)).find((one) => one.tool === tool)
  switch (reason) {
    case 'daily_limit':
      return dailyLimit(tool, usage, await secondsToReset())
    case 'tier_budget':
      return tierBudget(usage, await secondsToReset())
    case 'spend_cap':
      if (cap !== null) await warnOfSpend(cap, cap)
      return new AppError('spend_cap', `This studio has reached its spending limit for today. ${RESETS}`, {
        retryAfter: await secondsToReset(),
      })
    case 'key_budget':
      return keyBudget(subject, usage)
    case 'insufficient_credits':
      return insufficientCredits(subject, usage)
    case 'price_raised':
      return new AppError(
        'precondition_failed',
        `The price is ${usage?.hold} credits by now. Send it again to accept that.`,
        {
          facts: { price: usage?.hold ?? null },
        },
      )
    default:
      return notOffered(subject, tool)
  }
}

const RESETS = 'It resets at midnight UTC.'

function dailyLimit(tool: Tool, usage: ToolUsage | undefined, retryAfter: number): AppError {
  const { limit = 0, used = 0, resetsAt = '' } = usage ?? {}
  return new AppError(
    'daily_limit',
    `You have used “${toolNames[tool]}” ${used} of ${limit} times today. ${RESETS}`,
    {
      facts: { limit, used, resetsAt },
      retryAfter,
    },
  )
}

function tierBudget(usage: ToolUsage | undefined, retryAfter: number): AppError {
  const { limit = 0, used = 0, resetsAt = '' } = usage ?? {}
  return new AppError('daily_limit', `Today’s tries of all visitors together are used up. ${RESETS}`, {
    facts: { limit, used, resetsAt },
    retryAfter,
  })
}

/** The owner may have more, but this key may not spend it. */
async function keyBudget(subject: Subject, usage: ToolUsage | undefined): Promise<AppError> {
  const left =
    isVisitor(subject) || subject.credential.kind !== 'key'
      ? null
      : await budgetLeft(subject.credential.keyId)
  const available = left ?? 0
  const needed = usage?.hold ?? 0
  const detail = `This needs ${needed} credits, and ${available} of this API key’s own budget ${available === 1 ? 'is' : 'are'} left.`
  return new AppError('insufficient_credits', detail, { facts: { needed, available } })
}

async function insufficientCredits(subject: Subject, usage: ToolUsage | undefined): Promise<AppError> {
  const available = isVisitor(subject) ? 0 : await balanceOf(subject)
  const needed = usage?.hold ?? 0
  const detail = `This needs ${needed} credits and ${available} ${available === 1 ? 'is' : 'are'} available.`
  return new AppError('insufficient_credits', detail, { facts: { needed, available } })
}

/** To midnight UTC by the database's clock, which decides what day it is. */
async function secondsToReset(): Promise<number> {
  const [row] = await query<{ seconds: number }>(sql`
    SELECT ceil(extract(epoch FROM ((now() AT TIME ZONE 'UTC')::date + 1)::timestamp AT TIME ZONE 'UTC' - now()))::int AS seconds`)
  return row?.seconds ?? 1
}
