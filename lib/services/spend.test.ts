import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { PRODUCT } from '@/e2e/fixtures/env'
import { createPerson } from '@/e2e/fixtures/factories'
import { expect, test } from '@/e2e/fixtures/own-database'
import { newId } from '@/lib/ids'
import { acceptStatement } from '@/lib/services/generations/accept-statement'
import { sendOutgoingMail } from '@/lib/services/outgoing-mail'
import { recountSpend, warnOfSpend } from '@/lib/services/spend'
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

test('however many find that a share of the cap is reached, its operators are told once', async () => {
  const operators = await Promise.all([createPerson(), createPerson()])
  const ids = operators.map(({ userId }) => userId)
  await query(sql`UPDATE users SET role = 'operator' WHERE id = ANY (${ids}::uuid[])`)
  await recountSpend()
  // By which this test's mails are told from others in the folder, where mail goes that no server takes.
  const cap = 1_000_000 + Math.floor(Math.random() * 900_000_000)
  await Promise.all(Array.from({ length: 16 }, () => warnOfSpend(cap / 2 + 1, cap)))
  await Promise.all(Array.from({ length: 8 }, sendOutgoingMail))
  await expect.poll(() => query(sql`SELECT FROM outgoing_mails`)).toEqual([])
  const folder = path.join(PRODUCT.dataDir, 'mail')
  const mails = await Promise.all(
    (await readdir(folder)).map((file) => readFile(path.join(folder, file), 'utf8')),
  )
  const [mail, ...others] = mails.filter((one) => one.includes(String(cap)))
  expect(others).toEqual([])
  for (const { email } of operators) expect(mail).toContain(email)
  expect(mail).toMatch(/^Subject: Inkwell: 50 % of the spend cap of today is used\r?$/m)
})

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
