import { expect, test } from '@/e2e/fixtures/own-database'
import { newId } from '@/lib/ids'
import { acceptStatement } from '@/lib/services/generations/accept-statement'
import { recountSpend } from '@/lib/services/spend'
import { query, sql, transaction } from '@/lib/sql'

async function counted(): Promise<number> {
  const [row] = await query<{ credits: number }>(sql`SELECT credits FROM daily_spend`)
  return row?.credits ?? Number.NaN
}

test('what is being accepted while the day is counted anew is counted, too', async ({ writer }) => {
  await recountSpend()
  const before = await counted()
  const id = newId()
  const input = { tool: 'draft', prompt: 'A lighthouse', text: '' } as const
  const model = { name: 'test', basic: false }
  const options = { id, key: id, quoted: null, brief: '', leaseMs: 60_000, model, cap: 100 }
  const waiting = sql`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`

  const counting = await transaction(async (run) => {
    await run(acceptStatement(writer, input, options, { key: id, fingerprint: Buffer.from(id) }))
    const recount = recountSpend()
    await expect.poll(() => query(waiting)).toHaveLength(1)
    return { recount }
  })
  await counting.recount
  expect(await counted()).toBe(before + 4)
})
