import { z } from 'zod'
import { TIERS, TOOLS, type Tool } from '@/lib/schemas/tools'

/** The tiers that an account can be in: `anonymous` is for those who have none. */
export const ACCOUNT_TIERS = ['free', 'pro', 'unlimited'] as const
export type AccountTier = (typeof ACCOUNT_TIERS)[number]

/** A number typed into a form. Not coerced: `''`, `1e3` and `0x10` are not what anybody means. */
function wholeNumber(least: number, most: number) {
  const wrong = `Enter a whole number from ${least} to ${most}.`
  return z
    .string(wrong)
    .trim()
    .regex(/^-?\d{1,9}$/, wrong)
    .transform(Number)
    .pipe(z.int(wrong).min(least, wrong).max(most, wrong))
}

const GRANT_MAX = 1_000_000
/** 100 TB. */
const QUOTA_MAX_MB = 100_000_000
/** An operator gives room in megabytes, as sizes are shown: by 1024s. */
export const MEGABYTE = 1_048_576

export const tierChange = z.object({
  userId: z.uuid(),
  tier: z.enum(ACCOUNT_TIERS, 'Choose one of the tiers.'),
})
export type TierChange = z.infer<typeof tierChange>

export const operatorGrant = z.object({
  userId: z.uuid(),
  // Made by the server with the page: what tells a second gift from the same one sent twice.
  attempt: z.uuid('Open this page again, and send it from there.'),
  credits: wholeNumber(1, GRANT_MAX),
  reason: z
    .string()
    .trim()
    .min(1, 'Say what they are for: the account’s ledger will show it.')
    .max(200, 'At most 200 characters.'),
})
export type OperatorGrant = z.infer<typeof operatorGrant>

/** The form of one tier: a price and a daily limit for each tool it has, and what else the tier has. */
export const policyForm = z
  .object({
    tier: z.enum(TIERS),
    /** The policy as the page showed it: what has been changed since is not overwritten unseen. */
    seen: z.string().max(2_000),
    monthlyAllowance: wholeNumber(0, GRANT_MAX).optional(),
    dailyBudget: z.preprocess((text) => (text === '' ? null : text), wholeNumber(0, 100_000_000).nullish()),
    uploadMegabytes: z.preprocess(
      (text) => (text === '' ? null : text),
      wholeNumber(0, QUOTA_MAX_MB).nullish(),
    ),
    ...toolFields(),
  })
  .transform(({ tier, seen, monthlyAllowance, dailyBudget, uploadMegabytes, ...fields }) => ({
    tier,
    seen,
    monthlyAllowance,
    dailyBudget,
    uploadQuota: typeof uploadMegabytes === 'number' ? uploadMegabytes * MEGABYTE : uploadMegabytes,
    tools: TOOLS.flatMap((tool) => toolPolicy(tool, fields)),
  }))
export type PolicyChange = z.infer<typeof policyForm>

type ToolPolicy = { tool: Tool; hold: number; dailyLimit: number }
type HoldName = `hold_${Tool}`
type LimitName = `limit_${Tool}`

/** The names of a tool's two fields in the form. */
export function holdName(tool: Tool): HoldName {
  return `hold_${tool}`
}

export function limitName(tool: Tool): LimitName {
  return `limit_${tool}`
}

function toolFields() {
  const price = wholeNumber(1, 1_000).optional()
  const limit = wholeNumber(-1, 1_000_000).optional()
  return Object.fromEntries(
    TOOLS.flatMap((tool) => [
      [holdName(tool), price],
      [limitName(tool), limit],
    ]),
  ) as Record<HoldName, typeof price> & Record<LimitName, typeof limit>
}

/** A tier that has not got the tool sends nothing for it. */
function toolPolicy(
  tool: Tool,
  fields: Partial<Record<HoldName | LimitName, number | undefined>>,
): ToolPolicy[] {
  const hold = fields[holdName(tool)]
  const dailyLimit = fields[limitName(tool)]
  return hold === undefined || dailyLimit === undefined ? [] : [{ tool, hold, dailyLimit }]
}
