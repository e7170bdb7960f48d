import type { Options } from './options'
import { type Result, total } from './run'

/** Prints what happened, what was found, and the verdict. @returns whether it is clean. */
export function report({ seed, seconds, instances }: Options, result: Result): boolean {
  const { journal, faults, clocks, violations } = result
  const outages = faults.kills + faults.pauses + faults.databaseKills
  console.log(`seed ${seed}, ${seconds} s, ${instances} instances`)
  console.log(
    `requests ${journal.requests}, without an answer ${journal.unanswered}, ` +
      `replays while things broke ${journal.replays}, and of every request at the end ${journal.replaysAtEnd}`,
  )
  console.log(`accepted ${result.before}, and ${total(result.generations) - result.before} more at the end`)
  console.log(`generations: ${list(Object.entries(result.generations))}`)
  console.log(`refused: ${list([...journal.refusals].sort(([a], [b]) => a.localeCompare(b)))}`)
  console.log(
    `kills ${faults.kills}, pauses ${faults.pauses}, database kills ${faults.databaseKills}, days ${faults.days}`,
  )
  console.log(`clocks wrong from a start ${clocks.starts}, clock jumps ${clocks.jumps}`)
  console.log(
    `provider calls ${result.providerCalls}, failures asked for ${journal.providerFailures}, answers cut ${faults.providerCuts}`,
  )
  console.log(
    `acknowledgements ${journal.acks.length}, streams read ${journal.readings.length} (cut ${journal.cut}, returns ${journal.returns}), ` +
      `posts ${journal.posts.length}, grants ${journal.grants.length}, looks while running ${result.looks}`,
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
