import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelProvider } from '@/e2e/fixtures/model-provider'
import { moveClock } from './clocks'
import type { Database } from './database'
import type { Fleet, Instance } from './fleet'
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

/** How long to wait between two faults, in milliseconds. */
const EVERY_MS = [500, 2_600] as const
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
  const faults = [
    [5, () => killInstance(fleet, database, dice, counts)],
    [5, () => pauseInstance(fleet, database, dice, counts)],
    [2, () => killDatabase(database, dice, counts)],
  ] as const

  const others = [
    repeatedly(DAY_MS, dice.fork(), until, () => newDay(database, counts)),
    repeatedly(CLOCK_MS, dice.fork(), until, (dice) => moveClock(fleet, dice)),
    repeatedly(PROVIDER_MS, dice.fork(), until, () => {
      counts.providerCuts += provider.cut()
    }),
  ]
  await sleep(500)
  while (Date.now() < until) {
    const fault = dice
      .weigh(faults)()
      .catch(() => {})
    under.add(fault)
    fault.finally(() => under.delete(fault))
    await sleep(dice.between(...EVERY_MS))
  }
  await Promise.all([...under, ...others])
  return counts
}

async function killInstance(
  fleet: Fleet,
  database: Database,
  dice: Dice,
  counts: FaultCounts,
): Promise<void> {
  const victim = chooseVictim(fleet, dice)
  if (!victim) return dice.chance(0.6) ? killDatabase(database, dice, counts) : undefined
  fleet.kill(victim)
  counts.kills++
  await sleep(dice.between(50, 800))
  await fleet.untilReady(victim, 60_000)
}

/** Mostly long enough to be swept by another instance before it wakes. */
async function pauseInstance(
  fleet: Fleet,
  database: Database,
  dice: Dice,
  counts: FaultCounts,
): Promise<void> {
  const victim = chooseVictim(fleet, dice)
  if (!victim) return dice.chance(0.6) ? killDatabase(database, dice, counts) : undefined
  if (victim.state !== 'up') return
  fleet.pause(victim)
  counts.pauses++
  await sleep(dice.between(LEASE_MS * 0.7, LEASE_MS * 2))
  fleet.resume(victim)
}

/**
 * One of those that are up, if another one is, too: where starting takes longer than the time between two faults,
 * all would be down all the time, and nothing would be put to the test. Now and then any, in whatever state.
 */
function chooseVictim(fleet: Fleet, dice: Dice): Instance | undefined {
  const alive = fleet.instances.filter(({ state }) => state !== 'down')
  const up = alive.filter(({ state }) => state === 'up')
  if (dice.chance(0.1)) return alive.length > 0 ? dice.pick(alive) : undefined
  return up.length > 1 || (up.length === 1 && fleet.instances.length === 1) ? dice.pick(up) : undefined
}

async function killDatabase(database: Database, dice: Dice, counts: FaultCounts): Promise<void> {
  const killed = dice.chance(0.6) ? await database.killBackend() : await database.kill()
  if (killed) counts.databaseKills++
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

/**
 * Midnight: what was today becomes a day of the past that nothing else is in. Done without waiting for a lock
 * while holding one, so that no statement of the product ever waits for us in a circle.
 */
async function newDay(database: Database, counts: FaultCounts): Promise<void> {
  const today = `(now() AT TIME ZONE 'UTC')::date`
  // Counted before it is done: whether a transaction took effect is not known where the database dies under it.
  counts.days++
  const past = `${today} - ${counts.days}`
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      await database.transaction([
        'LOCK TABLE generations, daily_uses, daily_spend IN SHARE ROW EXCLUSIVE MODE NOWAIT',
        `UPDATE daily_uses SET day = ${past} WHERE day = ${today}`,
        `UPDATE daily_spend SET day = ${past} WHERE day = ${today}`,
        `UPDATE generations SET day = ${past} WHERE day = ${today}`,
      ])
      return
    } catch (error) {
      // The lock is not to be had just now; anything else is the database being away.
      if ((error as { code?: string }).code !== '55P03') return
      await sleep(20)
    }
  }
}
