import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelProvider } from '@/e2e/fixtures/model-provider'
import { moveClock } from './clocks'
import type { Database } from './database'
import type { Fleet, Instance } from './fleet'
import { midnight } from './midnight'
import type { Dice } from './random'
import { LEASE_MS } from './settings'

export type FaultCounts = {
  kills: number
  pauses: number
  databaseKills: number
  days: number
  /** Answers that the provider was giving when its connections were cut. */
  providerCuts: number
}

/** How long to wait between two faults of the instances, in milliseconds. */
const EVERY_MS = [500, 2_600] as const
/** How long to wait where there was nobody for a fault. */
const SOON_MS = 200
/** How often a fault does not care what it leaves. */
const RECKLESS = 0.1
/** How long the database is left alone, in milliseconds. */
const DATABASE_MS = [5_000, 13_000] as const
/** How long a day lasts, in milliseconds. */
const DAY_MS = [6_000, 14_000] as const
/** How long a clock goes on evenly, in milliseconds. */
const CLOCK_MS = [700, 3_000] as const
/** How long the provider's connections last at most, in milliseconds. */
const PROVIDER_MS = [3_000, 9_000] as const

/** Breaks something every few moments until the deadline, and mends it again. Each fault takes its own time. */
export async function breakThings(
  fleet: Fleet,
  database: Database,
  provider: ModelProvider,
  dice: Dice,
  until: number,
): Promise<FaultCounts> {
  const counts: FaultCounts = { kills: 0, pauses: 0, databaseKills: 0, days: 0, providerCuts: 0 }
  const under = new Set<Promise<void>>()
  const others = [
    repeatedly(DATABASE_MS, dice.fork(), until, (dice) => killDatabase(database, dice, counts)),
    repeatedly(DAY_MS, dice.fork(), until, () => newDay(database, counts)),
    repeatedly(CLOCK_MS, dice.fork(), until, (dice) => moveClock(fleet, dice)),
    repeatedly(PROVIDER_MS, dice.fork(), until, () => {
      counts.providerCuts += provider.cut()
    }),
  ]
  await sleep(500)
  while (Date.now() < until) {
    const fault =
      (dice.chance(0.5) && killInstance(fleet, dice, counts)) || pauseInstance(fleet, dice, counts)
    if (fault) {
      const ended = fault.catch(() => {}).finally(() => under.delete(ended))
      under.add(ended)
    }
    await sleep(fault ? dice.between(...EVERY_MS) : SOON_MS)
  }
  await Promise.all([...under, ...others])
  return counts
}

/** Does it every so many milliseconds, from and to, until the deadline. */
async function repeatedly(
  every: readonly [number, number],
  dice: Dice,
  until: number,
  act: (dice: Dice) => void | Promise<void>,
): Promise<void> {
  for (;;) {
    const pause = dice.between(...every)
    if (Date.now() + pause > until) return
    await sleep(pause)
    await act(dice)
  }
}

/** @returns when it is up again; null where nobody was there to be killed. */
function killInstance(fleet: Fleet, dice: Dice, counts: FaultCounts): Promise<void> | null {
  const away = fleet.instances.some(({ state }) => state === 'starting' || state === 'down')
  // Where starting takes longer than the time between two faults, all would be starting all the time.
  const victim = away && !dice.chance(RECKLESS) ? undefined : chooseVictim(fleet, dice)
  if (!victim) return null
  fleet.kill(victim)
  counts.kills++
  return sleep(dice.between(50, 800)).then(async () => void (await fleet.untilReady(victim, 60_000)))
}

/** Mostly long enough to be swept by another instance before it wakes. */
function pauseInstance(fleet: Fleet, dice: Dice, counts: FaultCounts): Promise<void> | null {
  const victim = chooseVictim(fleet, dice)
  if (victim?.state !== 'up') return null
  fleet.pause(victim)
  counts.pauses++
  return sleep(dice.between(LEASE_MS * 0.7, LEASE_MS * 2)).then(() => fleet.resume(victim))
}

/** One of those that are up, if another one is, too: else nothing would be put to the test. Now and then any. */
function chooseVictim(fleet: Fleet, dice: Dice): Instance | undefined {
  const alive = fleet.instances.filter(({ state }) => state !== 'down')
  const up = alive.filter(({ state }) => state === 'up')
  if (dice.chance(RECKLESS)) return alive.length > 0 ? dice.pick(alive) : undefined
  return up.length > 1 || (up.length === 1 && fleet.instances.length === 1) ? dice.pick(up) : undefined
}

async function killDatabase(database: Database, dice: Dice, counts: FaultCounts): Promise<void> {
  // Where it is away already, there is nothing to be killed.
  const killed = await (dice.chance(0.6) ? database.killBackend() : database.kill()).catch(() => false)
  if (killed) counts.databaseKills++
}

/** Done without waiting for a lock while holding one, so that no statement of the product waits for us in a circle. */
async function newDay(database: Database, counts: FaultCounts): Promise<void> {
  // Counted before it is done: whether a transaction took effect is not known where the database dies under it.
  counts.days++
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await database.transaction([
        'LOCK TABLE generations, daily_uses, daily_spend IN SHARE ROW EXCLUSIVE MODE NOWAIT',
        ...midnight(counts.days),
      ])
      return
    } catch (error) {
      // The lock is not to be had just now; anything else is the database being away.
      if ((error as { code?: string }).code !== '55P03') return
      await sleep(20)
    }
  }
}
