import { checkAcknowledged } from './checks/acknowledged'
import { BOOKS } from './checks/books'
import { CHUNKS } from './checks/chunks'
import { CLOCKS } from './checks/clocks'
import { LIMITS, SPEND, USES } from './checks/counters'
import { GENERATIONS, KEYS } from './checks/generations'
import { type Limits, runChecks, type Violation } from './checks/violation'
import type { Ask } from './database'
import type { Journal } from './load/journal'

/** What must be true at every instant, whatever is under way: each look is one statement, so one snapshot. */
export function checkAlways(ask: Ask, limits: Limits): Promise<Violation[]> {
  return runChecks(ask, [...BOOKS, ...SPEND], limits)
}

/** M1 to M9 from the database alone, and then what callers were told. For when nothing runs any more. */
export async function checkAll(ask: Ask, limits: Limits, journal: Journal): Promise<Violation[]> {
  const checks = [...BOOKS, ...GENERATIONS, ...KEYS, ...CHUNKS, ...USES, ...LIMITS, ...SPEND, ...CLOCKS]
  return [...(await runChecks(ask, checks, limits)), ...(await checkAcknowledged(ask, journal))]
}
