import { grant } from '@/lib/services/credits'
import { query, sql } from '@/lib/sql'
import { createKeyFor } from '../fixtures/factories'
import { expectProblem } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'

type Entry = {
  id: string
  kind: string
  amount: number
  balance: number
  generationId: string | null
  reason: string
}

test('the ledger lists every entry, newest first, with what each left', async ({ api }) => {
  const { id } = await (
    await api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' } })
  ).json()
  const { entries, nextCursor } = await (await api('/api/usage/ledger')).json()
  expect(nextCursor).toBeNull()
  expect(
    entries.map(({ kind, amount, balance, generationId }: Entry) => ({
      kind,
      amount,
      balance,
      generationId,
    })),
  ).toEqual([
    { kind: 'settle', amount: 3, balance: 19, generationId: id },
    { kind: 'hold', amount: -4, balance: 16, generationId: id },
    { kind: 'grant', amount: 20, balance: 20, generationId: null },
  ])
})

test('pages by cursor stay right while entries are added', async ({ api, writer }) => {
  for (let n = 1; n <= 5; n++) await grant({ userId: writer.userId, amount: n, reason: `Number ${n}` })
  const first = await api('/api/usage/ledger?limit=2')
  const { entries, nextCursor } = await first.json()
  expect(first.headers.get('link')).toBe(`</api/usage/ledger?limit=2&cursor=${nextCursor}>; rel="next"`)
  await grant({ userId: writer.userId, amount: 9, reason: 'Meanwhile' })
  const seen: Entry[] = [...entries]
  for (let cursor = nextCursor; cursor; ) {
    const page = await (await api(`/api/usage/ledger?limit=2&cursor=${cursor}`)).json()
    seen.push(...page.entries)
    cursor = page.nextCursor
  }
  expect(seen.map(({ amount }) => amount)).toEqual([5, 4, 3, 2, 1, 20])
})

test('as CSV it is whole, and no field can be taken for a formula', async ({ api, writer }) => {
  await grant({ userId: writer.userId, amount: 1, reason: '=HYPERLINK("http://x"), or so' })
  const answer = await api('/api/usage/ledger', { headers: { Accept: 'text/csv' } })
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const [head, first, second, end] = (await answer.text()).split('\r\n')
  expect(head).toBe('id,createdAt,kind,amount,balance,generationId,reason')
  expect(first).toMatch(/^\d+,[\dT:.-]+Z,grant,1,21,,"'=HYPERLINK\(""http:\/\/x""\), or so"$/)
  expect(second).toMatch(/,grant,20,20,,For a test$/)
  expect(end).toBe('')
})

test('as CSV it goes on past what is read at once, and nothing is missing or told twice', async ({
  writer,
}) => {
  const many = 2_001
  // One statement for all of them, with the balance that each left; with the grant before there is one page more.
  await query(sql`
    WITH entries AS (
      INSERT INTO ledger_entries (user_id, kind, amount, balance, reason)
      SELECT ${writer.userId}, 'grant', 1, 20 + n, 'Number ' || n FROM generate_series(1, ${many}::int) AS n ORDER BY n
    )
    UPDATE users SET credits = credits + ${many}::int WHERE id = ${writer.userId}`)
  const api = apiWith(await createKeyFor(writer, ['usage:read']))
  // By the type that `text/*` stands for, too.
  const answer = await api('/api/usage/ledger', { headers: { Accept: 'text/*' } })
  const [, ...lines] = (await answer.text()).trimEnd().split('\r\n')
  const balances = Array.from({ length: many + 1 }, (_, nth) => 20 + many - nth)
  expect(lines.map((line) => Number(line.split(',')[4]))).toEqual(balances)
})

test('it needs the scope, and is one’s own', async ({ writer }) => {
  const lacking = apiWith(await createKeyFor(writer, ['posts:read']))
  await expectProblem(await lacking('/api/usage/ledger'), 'forbidden')
  const { entries } = await (
    await apiWith(await createKeyFor(writer, ['usage:read']))('/api/usage/ledger')
  ).json()
  expect(entries).toHaveLength(1)
})

for (const [query, pointer] of [
  ['limit=0', '/limit'],
  ['limit=101', '/limit'],
  ['cursor=abc', '/cursor'],
] as const) {
  test(`?${query} is refused`, async ({ api }) => {
    const problem = await expectProblem(await api(`/api/usage/ledger?${query}`), 'invalid')
    expect(problem.errors?.[0]?.pointer).toBe(pointer)
  })
}
