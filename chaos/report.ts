import type { Options } from './options'
import type { Result } from './run'

/** Prints what happened, what was found, and the verdict. @returns whether it is clean. */
export function report({ seed, seconds, instances }: Options, result: Result): boolean {
  const { journal, faults, violations } = result
  const accepted = Object.values(result.generations).reduce((sum, n) => sum + n, 0)
  const outages = faults.kills + faults.pauses + faults.databaseKills
  console.log(`seed ${seed}, ${seconds} s, ${instances} instances`)
  console.log(
    `requests ${journal.requests}, without an answer ${journal.unanswered}, replays ${journal.replays}`,
  )
  console.log(`accepted ${accepted}: ${list(Object.entries(result.generations))}`)
  console.log(`refused: ${list([...journal.refusals].sort(([a], [b]) => a.localeCompare(b)))}`)
  console.log(
    `kills ${faults.kills}, pauses ${faults.pauses}, database kills ${faults.databaseKills}, days ${faults.days}, ` +
      `provider failures asked for ${journal.providerFailures}, provider calls ${result.providerCalls}`,
  )
  console.log(
    `acknowledgements ${journal.acks.length}, streams read ${journal.readings.length}, posts ${journal.posts.length}, ` +
      `grants ${journal.grants.length}, looks while running ${result.looks}`,
  )
  for (const { invariant, what, ids } of violations) {
    console.log(`VIOLATION ${invariant}: ${what}`)
    for (const id of ids) console.log(`  ${id}`)
  }
  const verdict = violations.length === 0 ? 'PASS' : 'FAIL'
  console.log(`chaos: ${verdict}, seed ${seed}, ${outages} kills and pauses, ${violations.length} violations`)
  return violations.length === 0
}

function list(counts: [string, number][]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(', ') || 'none'
}
