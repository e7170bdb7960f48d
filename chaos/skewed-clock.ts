/**
 * Gives a Node.js process a wrong wall clock: `node --import ./chaos/skewed-clock.ts …`, started by `fork` or with an
 * IPC channel. `CHAOS_CLOCK_MS` is by how many milliseconds it is wrong at first; whoever started the process sends
 * another number to set it anew. It tells its own time each time, so that its parent sees that the clock is wrong.
 *
 * As on a machine whose clock is set, `performance.now()` and timers go on evenly. Only what asks JavaScript for the
 * time is told the wrong one: the `Date` header of `node:http` is not.
 */
/** What such a process tells its parent: the time that it believes in, and by how much that should be wrong. */
export type ClockTold = { wallClock: number; wrongBy: number }

let wrongBy = Number(process.env.CHAOS_CLOCK_MS ?? 0)

const TrueDate = Date
const trueNow = Date.now.bind(Date)
const wrongNow = () => trueNow() + wrongBy

const WrongDate = new Proxy(TrueDate, {
  construct: (target, values, made) =>
    Reflect.construct(target, values.length === 0 ? [wrongNow()] : values, made),
  apply: () => new TrueDate(wrongNow()).toString(),
})
TrueDate.now = wrongNow
TrueDate.prototype.constructor = WrongDate
globalThis.Date = WrongDate
// Where a clock is set, the moment at which a process began is not: only what the clock said then counts.
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + wrongBy })

process.on('message', (milliseconds) => {
  if (typeof milliseconds !== 'number') return
  wrongBy = milliseconds
  tell()
})

function tell(): void {
  const told: ClockTold = { wallClock: Date.now(), wrongBy }
  process.send?.(told)
}
tell()
