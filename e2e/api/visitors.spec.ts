import { query, sql } from '@/lib/sql'
import { makeGate } from '../fixtures/model-calls'
import { expectProblem } from '../fixtures/problem'
import { ownAddress, rawCall } from '../fixtures/raw-http'
import { expect, test } from '../fixtures/test'

const TEXT =
  'The lamp was lit at dusk. The boats came home by it. Nobody thanked the keeper, and he did not mind.'

function generate(from: string, body: object, headers: Record<string, string> = {}) {
  return rawCall('/api/generate', {
    method: 'POST',
    from,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: [JSON.stringify(body)],
  })
}

for (const tool of ['summarize', 'titles']) {
  test(`a visitor may use ${tool} three times a day, and pays nothing`, async () => {
    const from = ownAddress()
    for (let used = 1; used <= 3; used++) {
      const answer = await generate(from, { tool, text: `${TEXT} ${used}` })
      expect(answer.status, answer.text).toBe(200)
      expect(JSON.parse(answer.text).credits).toEqual({ held: 0, charged: 0, balance: 0 })
    }
    const refused = await generate(from, { tool, text: TEXT })
    const problem = await expectProblem(refused, 'daily_limit')
    expect(problem).toMatchObject({ limit: 3, used: 3, resetsAt: expect.stringMatching(/T00:00:00\.000Z$/) })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })
}

test('forged headers change nothing: the socket’s address is counted', async () => {
  const from = ownAddress()
  const forged = (n: number) => ({
    'X-Forwarded-For': `203.0.113.${n}`,
    'X-Real-IP': `203.0.113.${n}`,
    Forwarded: `for=203.0.113.${n}`,
    'X-Inkwell-Client-Address': `203.0.113.${n}`,
  })
  for (const n of [1, 2, 3])
    expect((await generate(from, { tool: 'titles', text: TEXT + n }, forged(n))).status).toBe(200)
  await expectProblem(await generate(from, { tool: 'titles', text: TEXT }, forged(4)), 'daily_limit')
})

test('64 tries at once from one address are three', async () => {
  const from = ownAddress()
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, n) => generate(from, { tool: 'titles', text: `${TEXT} ${n}` })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(61)
})

for (const tool of ['draft', 'rewrite']) {
  test(`${tool} needs an account`, async () => {
    const answer = await generate(ownAddress(), { tool, prompt: 'A lighthouse', text: TEXT })
    await expectProblem(answer, 'unauthenticated')
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })
}

test('the address is not stored, only a hash that needs the key', async () => {
  const from = ownAddress()
  const { id } = JSON.parse((await generate(from, { tool: 'titles', text: TEXT })).text)
  const [row] = await query<{ visitor: string; whole: string }>(sql`
    SELECT visitor, generations::text AS whole FROM generations WHERE id = ${id}`)
  expect(row?.visitor).toMatch(/^[\da-f]{32}$/)
  expect(row?.whole).not.toContain(from)
})

test('a visitor reads and stops what was asked for from the same address, and nobody else does', async () => {
  const from = ownAddress()
  const text = `${TEXT} ${makeGate().marker}`
  const call = () => generate(from, { tool: 'summarize', text }, { 'Idempotency-Key': 'v1' })
  const asked = call()
  await expect.poll(() => query(sql`SELECT FROM generations WHERE text = ${text}`)).toHaveLength(1)
  const again = await call()
  await expectProblem(again, 'in_progress')
  const path = again.headers.get('location') ?? ''
  expect((await rawCall(path, { from })).status).toBe(200)
  await expectProblem(await rawCall(path, { from: ownAddress() }), 'not_found')
  await expectProblem(await rawCall(`${path}/stop`, { from: ownAddress(), method: 'POST' }), 'not_found')
  expect((await rawCall(`${path}/stop`, { from, method: 'POST' })).status).toBe(202)
  expect(JSON.parse((await asked).text)).toMatchObject({ status: 'stopped', credits: { charged: 0 } })
})

test('a try that fails with no output gives itself back', async () => {
  const from = ownAddress()
  const failing = { tool: 'titles', text: `${TEXT} [[fail:500]]` }
  for (let n = 0; n < 5; n++) await expectProblem(await generate(from, failing), 'provider_failed')
  expect((await generate(from, { tool: 'titles', text: TEXT })).status).toBe(200)
})

test('a dry run tells a visitor what is left, and costs nothing', async () => {
  const from = ownAddress()
  const ask = () =>
    rawCall('/api/generate?dryRun=1', {
      method: 'POST',
      from,
      headers: { 'Content-Type': 'application/json' },
      body: [JSON.stringify({ tool: 'titles', text: TEXT })],
    })
  for (let n = 0; n < 4; n++) {
    expect(JSON.parse((await ask()).text)).toMatchObject({ tool: 'titles', hold: 0, dailyLimit: 3, used: 0 })
  }
})
