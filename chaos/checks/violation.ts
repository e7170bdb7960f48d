import { Sql, sql } from '@/lib/sql'
import type { Ask } from '../database'

/** A promise of the contract that the database shows broken: which one, how, and where. */
export type Violation = { invariant: string; what: string; ids: string[] }

/** One look at the database: `text` answers the ids of whatever breaks the invariant. */
export type Check = { invariant: string; what: string; text: string; values?: (limits: Limits) => unknown[] }

export type Limits = { cap: number | null; graceMs: number }

/** How many ids of one violation are told. */
const TELL = 5

/** Runs all of them as one statement, so that they look at one snapshot. */
export async function runChecks(ask: Ask, checks: readonly Check[], limits: Limits): Promise<Violation[]> {
  const looks = checks.map(({ text, values }, n) => {
    const look = new Sql(text, values?.(limits) ?? [])
    return sql`SELECT ${n}::int AS n, id FROM (${look}) AS found`
  })
  const { text, values } = looks.reduce((all, look) => sql`${all} UNION ALL ${look}`)
  const rows = await ask<{ n: number; id: string }>(text, [...values])
  return checks.flatMap(({ invariant, what }, n) => {
    const ids = rows.filter((row) => row.n === n).map(({ id }) => id)
    return ids.length > 0 ? [{ invariant, what: `${what} (${ids.length})`, ids: ids.slice(0, TELL) }] : []
  })
}
