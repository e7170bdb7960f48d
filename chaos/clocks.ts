import type { Fleet } from './fleet'
import type { Dice } from './random'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** By how much a clock may be wrong, from and to, in milliseconds: beyond what a day, a session and a month last. */
const WRONG_BY = [
  [2 * MINUTE_MS, 90 * MINUTE_MS],
  [2 * HOUR_MS, 30 * HOUR_MS],
  [2 * DAY_MS, 400 * DAY_MS],
] as const

/** By how many milliseconds a clock is wrong: minutes, hours or days, ahead or behind. Never right. */
export function wrongClock(dice: Dice): number {
  const size = dice.between(...dice.pick(WRONG_BY))
  return dice.chance(0.5) ? size : -size
}

/** Sets the clock of any instance that lives; one that is paused finds it so when it wakes. */
export function moveClock(fleet: Fleet, dice: Dice): void {
  const alive = fleet.instances.filter(({ state }) => state !== 'down')
  if (alive.length > 0) fleet.setClock(dice.pick(alive), wrongClock(dice))
}
