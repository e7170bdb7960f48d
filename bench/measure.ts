/** A way of doing something, called with a running number. */
type Way = (n: number) => Promise<unknown>

const CALLERS = 32
const ROUNDS = 5
const CALLS = 3_000

/**
 * Runs each way in turn, several rounds over, so that a noisy machine is noisy for all of them, and prints the
 * median rate of each and its ratio to the first, which is the baseline.
 */
export async function rounds(name: string, ways: Record<string, Way>): Promise<void> {
  const rates = new Map<string, number[]>(Object.keys(ways).map((way) => [way, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, call] of Object.entries(ways)) rates.get(way)?.push(await rate(call))
  }
  console.log(`\n${name}: ${CALLERS} callers, ${CALLS} calls, median of ${ROUNDS} rounds`)
  const baseline = median([...rates.values()][0] ?? [])
  for (const [way, seen] of rates) {
    const it = median(seen)
    console.log(
      `  ${way.padEnd(28)} ${String(Math.round(it)).padStart(7)}/s   costs ${(baseline / it).toFixed(2)} × the baseline`,
    )
  }
}

async function rate(call: Way): Promise<number> {
  let next = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (next < CALLS) await call(next++)
    }),
  )
  return CALLS / ((performance.now() - started) / 1000)
}

/** The middle one, or 0 of none. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
