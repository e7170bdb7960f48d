import { z } from 'zod'

export const ledgerQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50).describe('How many entries a page has.'),
  cursor: z.string().optional().describe('`nextCursor` of the page before.'),
})

const kind = z
  .enum(['grant', 'hold', 'settle', 'release', 'adjust'])
  .describe('`settle` is the part of a hold that is given back, 0 or more; `release` all of it.')

/** An entry of the ledger as the API tells it. */
const ledgerEntry = z
  .object({
    id: z.string().describe('Ascending; a string, since it may outgrow a JavaScript number.'),
    kind,
    amount: z.int().describe('Credits: what came is above 0, what went below.'),
    balance: z.int().min(0).describe('What the account had afterwards.'),
    generationId: z.uuid().nullable(),
    reason: z.string(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'LedgerEntry' })
export type LedgerKind = z.infer<typeof kind>

/** One page of the ledger, newest first. */
export const ledger = z
  .object({
    entries: z.array(ledgerEntry),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last one.'),
  })
  .meta({ id: 'Ledger' })
