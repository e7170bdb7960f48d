import { expect, test } from '@/e2e/fixtures/own-database'
import { newId } from '@/lib/ids'
import { acceptStatement } from '@/lib/services/generations/accept-statement'
import { recountSpend } from '@/lib/services/spend'
import { type Query, query, sql, transaction } from '@/lib/sql'

async function counted(): Promise<number> {
  const [row] = await query<{ credits: number }>(sql`SELECT credits FROM daily_spend`)
  return row?.credits ?? Number.NaN
}

async function untilWaitingFor(lock: 'advisory' | 'transactionid'): Promise<void> {
  const waiting = sql`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = ${lock}`
  await expect.poll(() => query(waiting)).toHaveLength(1)
}

test('what is accepted while the day is counted anew is counted, too', async ({ writer }) => {
  await recountSpend()
  const before = await counted()
  // Whoever recounts is stopped where it has made sure of the row, and not yet summed the day up.
  await query(sql`
    CREATE OR REPLACE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_query() LIKE 'INSERT INTO daily_spend%' THEN PERFORM pg_advisory_xact_lock(20260101); END IF;
      RETURN NULL;
    END $$`)
  await query(sql`
    CREATE OR REPLACE TRIGGER wait_at_gate AFTER INSERT ON daily_spend
      FOR EACH STATEMENT EXECUTE FUNCTION wait_at_gate()`)
  const id = newId()
  const input = { tool: 'draft', prompt: 'A lighthouse', text: '' } as const
  const model = { name: 'test', basic: false }
  const options = { id, key: id, quoted: null, brief: '', leaseMs: 60_000, model, cap: before + 100 }
  const accept = (run: Query) =>
    run(acceptStatement(writer, input, options, { key: id, fingerprint: Buffer.from(id) }))

  const { recount } = await transaction(async (accepting) => {
    const stopped = await transaction(async (gate) => {
      await gate(sql`SELECT pg_advisory_xact_lock(20260101)`)
      const recount = recountSpend()
      await untilWaitingFor('advisory')
      await accept(accepting)
      return { recount }
    })
    await untilWaitingFor('transactionid')
    return stopped
  })
  await recount
  expect(await counted()).toBe(before + 4)
})
