import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelProvider } from '@/e2e/fixtures/model-provider'
import { closeDatabase, openDatabase } from '@/lib/db'
import type { EmbeddedPostgres } from '@/lib/providers/postgres'
import { checkAll, checkAlways } from './check'
import { checkCalls, checkReplays, readStored } from './checks/replays'
import type { Violation } from './checks/violation'
import type { Database } from './database'
import { breakThings, type FaultCounts } from './faults'
import type { Fleet } from './fleet'
import { useProduct } from './load/client'
import { Journal } from './load/journal'
import { createWriters } from './load/people'
import { nameIn } from './load/prompts'
import { replayAll } from './load/replays'
import type { Options } from './options'
import type { Dice } from './random'
import { LEASE_MS, MODEL_TIMEOUT_MS, SPEND_CAP, SWEEP_MS } from './settings'

export type Result = {
  journal: Journal
  faults: FaultCounts
  /** How often an instance has shown that its clock was wrong, from its start and since. */
  clocks: { starts: number; jumps: number }
  looks: number
  /** How many generations had been accepted before every request was sent again. */
  before: number
  /** How many there are at the end, by status. */
  generations: Record<string, number>
  providerCalls: number
  violations: Violation[]
}

/** How many use the product at the same time. */
const CLIENTS = 12
/** Generations, without which a run says nothing. */
const ENOUGH = 10
const LIMITS = { cap: SPEND_CAP, graceMs: SWEEP_MS + 4_000 }

/**
 * Starts the instances, lets load and faults run for the given time, lets things settle, sends every request again,
 * and checks.
 */
export async function runChaos(
  { seconds }: Options,
  dice: Dice,
  fleet: Fleet,
  database: Database,
  provider: ModelProvider,
): Promise<Result> {
  await fleet.allUp()
  openDatabase(database.connection as EmbeddedPostgres['connection'], () => {})
  try {
    const journal = new Journal()
    const writers = await createWriters()
    const until = Date.now() + seconds * 1_000
    const watching = watch(database, until)
    const load = Array.from({ length: CLIENTS }, () =>
      useProduct(fleet, writers, journal, dice.fork(), until),
    )
    const [faults, ...clients] = await Promise.all([
      breakThings(fleet, database, provider, dice.fork(), until),
      ...load,
    ])
    const seen = await watching
    await fleet.allUp()
    await settle(database)

    const stored = await readStored(database.ask)
    const before = total(await countGenerations(database))
    journal.calmSince = Date.now()
    await Promise.all(clients.map(replayAll))
    await settle(database)

    const violations = [
      ...seen.violations,
      ...(await checkAll(database.ask, LIMITS, journal)),
      ...(await checkReplays(database.ask, stored)),
      ...checkCalls(provider.requests().bodies.map(({ messages }) => nameIn(JSON.stringify(messages)))),
    ]
    const generations = await countGenerations(database)
    const providerCalls = provider.requests().received
    if (before < ENOUGH)
      violations.push({ invariant: 'load', what: 'too little was accepted to prove anything', ids: [] })
    const { clocks } = fleet
    return { journal, faults, clocks, looks: seen.looks, before, generations, providerCalls, violations }
  } finally {
    await closeDatabase()
  }
}

/** Looks again and again, while it all goes on, at what must be true at every instant. */
async function watch(database: Database, until: number): Promise<{ looks: number; violations: Violation[] }> {
  const seen = { looks: 0, violations: [] as Violation[] }
  while (Date.now() < until && seen.violations.length === 0) {
    // Where the database is away there is nothing to see.
    const found = await checkAlways(database.ask, LIMITS).catch(() => null)
    if (found) seen.looks++
    seen.violations.push(...(found ?? []).map((it) => ({ ...it, what: `while running: ${it.what}` })))
    await sleep(500)
  }
  return seen
}

/** Until nothing runs, or until nothing may run any more. */
async function settle(database: Database): Promise<void> {
  const until = Date.now() + MODEL_TIMEOUT_MS + LEASE_MS + LIMITS.graceMs + 10_000
  while (Date.now() < until) {
    const running = await database.ask(`SELECT FROM generations WHERE status = 'running'`).catch(() => [{}])
    if (running.length === 0) return
    await sleep(250)
  }
}

async function countGenerations(database: Database): Promise<Record<string, number>> {
  const rows = await database.ask<{ status: string; n: number }>(
    'SELECT status::text, count(*)::int AS n FROM generations GROUP BY status ORDER BY status',
  )
  return Object.fromEntries(rows.map(({ status, n }) => [status, n]))
}

export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0)
}
