import type { Ask } from '../database'

/** A promise of the contract that the database shows broken: which one, how, and where. */
export type Violation = { invariant: string; what: string; ids: string[] }

/** One look at the database: `text` answers the ids of whatever breaks the invariant. */
export type Check = { invariant: string; what: string; text: string; values?: (limits: Limits) => unknown[] }

export type Limits = { cap: number | null; graceMs: number }

/** How many ids of one violation are told. */
const TELL = 5

export async function runChecks(ask: Ask, checks: readonly Check[], limits: Limits): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const { invariant, what, text, values } of checks) {
    const rows = await ask<{ id: string }>(text, values?.(limits) ?? [])
    if (rows.length === 0) continue
    const ids = rows.slice(0, TELL).map(({ id }) => id)
    violations.push({ invariant, what: `${what} (${rows.length})`, ids })
  }
  return violations
}
