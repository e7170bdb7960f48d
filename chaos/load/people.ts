import { createCookieFor, createKeyFor, createPerson } from '@/e2e/fixtures/factories'
import { query, sql } from '@/lib/sql'
import type { Dice } from '../random'

/** Who sends a request, and by what: an API key, a session's cookie, or nothing but an address. */
export type Caller = { subject: string; key?: string; cookie?: string; address: string }
export type Writer = { userId: string; rest: Caller; browser: Caller }

/** What an account of the tier is given once a month, in credits. */
const ALLOWANCE = 3

/**
 * Accounts of three kinds: some that nothing stops but the spend cap, some that meet their daily limit, some that
 * run out of credits.
 */
export async function createWriters(): Promise<Writer[]> {
  const kinds = [
    { tier: 'unlimited', credits: 1_000_000 },
    { tier: 'unlimited', credits: 1_000_000 },
    { tier: 'free', credits: 1_000_000 },
    { tier: 'free', credits: 1_000_000 },
    { tier: 'pro', credits: 20 },
    { tier: 'free', credits: 20 },
  ] as const
  await query(sql`UPDATE tier_policies SET monthly_allowance = ${ALLOWANCE} WHERE tier = 'pro'`)
  return Promise.all(
    kinds.map(async (kind, n) => {
      const person = await createPerson(kind)
      const { name, value } = await createCookieFor(person)
      const subject = person.userId
      return {
        userId: subject,
        rest: { subject, key: await createKeyFor(person), address: `127.0.1.${n + 1}` },
        browser: { subject, cookie: `${name}=${value}`, address: `127.0.1.${n + 1}` },
      }
    }),
  )
}

/** Visitors from few enough addresses that some of them meet their limit. */
export function visitor(dice: Dice): Caller {
  const address = `127.${dice.between(1, 3)}.${dice.between(0, 1)}.${dice.between(2, 4)}`
  return { subject: `visitor at ${address}`, address }
}
