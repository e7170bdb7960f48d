import { z } from 'zod'
import { TIERS, tool } from '@/lib/schemas/tools'

const tier = z.enum(TIERS).describe('What decides limits and prices.')
const limit = z.int().min(-1).describe('Uses a day; -1 is never refused, and still counted.')
const used = z.int().min(0).describe('Uses today (UTC).')
const resetsAt = z.iso.datetime().describe('Midnight UTC.')
const hold = z.int().min(0).describe('Credits that one use holds: the most it can cost.')
const credits = z.int().min(0).describe('The account’s balance.')

/** What the caller has, and how often each tool may be used today. */
export const usage = z
  .object({ credits, tier, tools: z.array(z.object({ tool, limit, used, resetsAt, hold })) })
  .meta({ id: 'Usage' })

/** What a generation would hold now, and what is left: the answer to a dry run. */
export const quote = z
  .object({
    tool,
    hold,
    balance: credits.describe('The account’s balance; 0 for a visitor.'),
    dailyLimit: limit,
    used,
    resetsAt,
  })
  .meta({ id: 'Quote' })

/** Who is calling. */
export const me = z
  .object({
    user: z.object({
      id: z.uuid(),
      email: z.email(),
      name: z.string(),
      tier,
      role: z.enum(['writer', 'operator']),
      credits,
    }),
  })
  .meta({ id: 'Me' })
