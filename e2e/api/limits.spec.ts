import { newId } from '@/lib/ids'
import { revokeApiKey } from '@/lib/services/api-keys'
import { consume, giveBack } from '@/lib/services/rate-limits'
import type { Viewer } from '@/lib/services/viewer'
import { visitorAt } from '@/lib/services/visitors'
import { query, sql } from '@/lib/sql'
import { createCookieFor, createKeyFor, createPerson } from '../fixtures/factories'
import { expectProblem } from '../fixtures/problem'
import { ownAddress, rawCall } from '../fixtures/raw-http'
import { apiWith, expect, test } from '../fixtures/test'

/** As if so many points had been consumed in a window that ends in half a minute. */
async function spend(limit: string, subject: string, points: number): Promise<void> {
  await query(sql`
    INSERT INTO rate_limits (key, points, expire) VALUES (${`${limit}:${subject}`}, ${points}, ${Date.now() + 30_000})
    ON CONFLICT (key) DO UPDATE SET points = excluded.points, expire = excluded.expire`)
}

async function keyIdOf(userId: string): Promise<string> {
  const [row] = await query<{ id: string }>(sql`SELECT id FROM api_keys WHERE user_id = ${userId}`)
  return row?.id ?? ''
}

function remaining(headers: Headers): number {
  return Number(/;r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1] ?? Number.NaN)
}

test('each call costs one, and the headers say what is left', async ({ api }) => {
  const first = await api('/api/usage')
  expect(first.headers.get('ratelimit-policy')).toBe('"api";q=6000;w=60')
  expect(first.headers.get('ratelimit')).toMatch(/^"api";r=5999;t=([1-9]|[1-5]\d|60)$/)
  // Errors cost the same: who guesses pays.
  expect(remaining((await api('/api/posts/none')).headers)).toBe(5998)
  expect(remaining((await api('/api/usage')).headers)).toBe(5997)
})

test('a key with nothing left is told when to come back', async ({ writer }) => {
  const api = apiWith(await createKeyFor(writer))
  await spend('api', await keyIdOf(writer.userId), 5_999)
  const last = await api('/api/usage')
  expect(last.status).toBe(200)
  expect(remaining(last.headers)).toBe(0)
  const answer = await api('/api/usage')
  await expectProblem(answer, 'rate_limited')
  const wait = Number(answer.headers.get('retry-after'))
  expect(wait).toBeGreaterThanOrEqual(1)
  expect(wait).toBeLessThanOrEqual(31)
  expect(answer.headers.get('ratelimit')).toMatch(/^"api";r=0;t=\d+$/)
  expect(answer.headers.get('ratelimit-policy')).toBe('"api";q=6000;w=60')
})

test('keys have limits of their own, and a window that is over is over', async ({ writer }) => {
  const first = apiWith(await createKeyFor(writer))
  const keyId = await keyIdOf(writer.userId)
  await spend('api', keyId, 6_000)
  await expectProblem(await first('/api/usage'), 'rate_limited')
  expect((await apiWith(await createKeyFor(writer))('/api/usage')).status).toBe(200)
  await query(sql`UPDATE rate_limits SET expire = ${Date.now() - 1_000} WHERE key = ${`api:${keyId}`}`)
  expect(remaining((await first('/api/usage')).headers)).toBe(5999)
})

test('keys that come in at once are each told of its own, and a revoked one among them of none', async ({
  writer,
}) => {
  const others = [await createPerson(), await createPerson()]
  const keys = await Promise.all([writer, writer, ...others].map((person) => createKeyFor(person)))
  const [, , , revoked] = await Promise.all(keys.map((key) => apiWith(key)('/api/auth/me')))
  expect(revoked?.status).toBe(200)
  await revokeApiKey(others[1] as Viewer, await keyIdOf(others[1]?.userId ?? ''))
  const answers = await Promise.all(
    Array.from({ length: 80 }, async (_, nth) => {
      const answer = await apiWith(keys[nth % 4] ?? '')('/api/auth/me')
      return {
        nth,
        status: answer.status,
        left: remaining(answer.headers),
        id: (await answer.json()).user?.id,
      }
    }),
  )
  for (const [nth, owner] of [writer, writer, others[0]].entries()) {
    const own = answers.filter((answer) => answer.nth % 4 === nth)
    expect(new Set(own.map(({ id }) => id))).toEqual(new Set([owner?.userId]))
    // No point is taken twice, and none is missed.
    expect(own.map(({ left }) => left).sort()).toEqual(Array.from({ length: 20 }, (_, n) => 5_979 + n))
  }
  expect(new Set(answers.filter(({ nth }) => nth % 4 === 3).map(({ status }) => status))).toEqual(
    new Set([401]),
  )
})

test('the dashboard’s sessions of one user have one limit', async ({ writer }) => {
  const call = async () => {
    const { name, value } = await createCookieFor(writer)
    return apiWith(null)('/api/usage', { headers: { Cookie: `${name}=${value}` } })
  }
  expect(remaining((await call()).headers)).toBe(5999)
  expect(remaining((await call()).headers)).toBe(5998)
})

test('nobody in particular has the limit of the address', async () => {
  const from = ownAddress()
  const answer = await rawCall('/api/posts', { from })
  expect(answer.headers.get('ratelimit')).toMatch(/^"anonymous";r=1199;t=\d+$/)
  await spend('anonymous', visitorAt(from).visitor, 1_200)
  await expectProblem(await rawCall('/api/posts', { from }), 'rate_limited')
  // What a client says of itself does not count: no proxy is trusted here.
  for (const header of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Inkwell-Client-Address'])
    await expectProblem(
      await rawCall('/api/posts', { from, headers: { [header]: '203.0.113.7' } }),
      'rate_limited',
    )
  expect((await rawCall('/api/posts', { from: ownAddress() })).status).toBe(200)
})

test('bad credentials cost the address that sends them, and no account', async ({ writer, api }) => {
  const from = ownAddress()
  const bad = { from, headers: { Authorization: `Bearer ink_${'x'.repeat(43)}` } }
  await expectProblem(await rawCall('/api/usage', bad), 'unauthenticated')
  const { visitor } = visitorAt(from)
  const [row] = await query<{ points: number }>(
    sql`SELECT points FROM rate_limits WHERE key = ${`badCredentials:${visitor}`}`,
  )
  expect(row?.points).toBe(1)
  await spend('badCredentials', visitor, 120)
  const refused = await rawCall('/api/usage', bad)
  await expectProblem(refused, 'rate_limited')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  // Good ones from the same address still work.
  const headers = { Authorization: `Bearer ${await createKeyFor(writer)}` }
  expect((await rawCall('/api/usage', { from, headers })).status).toBe(200)
  expect((await api('/api/usage')).status).toBe(200)
})

test('what nobody may do is counted where somebody is known, and is the same refusal for the others', async ({
  writer,
}) => {
  const key = await createKeyFor(writer)
  const session = await createCookieFor(writer)
  const Cookie = `${session.name}=${session.value}`
  const calls = [
    { method: 'PUT', path: '/api/posts', code: 'method_not_allowed' },
    { method: 'PROPFIND', path: '/api/posts', code: 'method_not_allowed' },
    { method: 'POST', path: '/api/nothing', code: 'not_found' },
  ] as const
  for (const [nth, { method, path, code }] of calls.entries()) {
    const counted = await rawCall(path, { method, headers: { Authorization: `Bearer ${key}` } })
    await expectProblem(counted, code)
    expect(remaining(counted.headers), method).toBe(5_999 - nth)
    // From wherever a form may send the cookie: nothing is done.
    const byCookie = await rawCall(path, { method, headers: { Cookie, Origin: 'https://evil.example' } })
    await expectProblem(byCookie, code)
    expect(remaining(byCookie.headers), method).toBe(5_999 - nth)
    const byNobody = await rawCall(path, { method, from: ownAddress() })
    await expectProblem(byNobody, code)
    expect(byNobody.headers.has('ratelimit')).toBe(false)
    const bad = { method, from: ownAddress(), headers: { Authorization: 'Bearer ink_no' } }
    await expectProblem(await rawCall(path, bad), 'unauthenticated')
  }
  await spend('api', await keyIdOf(writer.userId), 6_000)
  const used = { method: 'PUT', headers: { Authorization: `Bearer ${key}` } }
  await expectProblem(await rawCall('/api/posts', used), 'rate_limited')
})

test('64 at once take what there is, and one point that is given back is one more', async () => {
  const account = newId()
  const takes = await Promise.allSettled(Array.from({ length: 64 }, () => consume('loginAccount', account)))
  expect(takes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  for (const take of takes) {
    if (take.status === 'rejected') expect(take.reason).toMatchObject({ code: 'rate_limited' })
    else expect(take.value.resetSeconds).toBeLessThanOrEqual(900)
  }

  const other = newId()
  expect(await consume('loginAccount', other)).toMatchObject({ limit: 10, remaining: 9 })
  await giveBack('loginAccount', other)
  expect(await consume('loginAccount', other)).toMatchObject({ remaining: 9 })
})
