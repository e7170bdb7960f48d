import { sealData } from 'iron-session'
import { SESSION_COOKIE, sealTicket } from '@/lib/auth/cookie'
import { newId } from '@/lib/ids'
import { newKey } from '@/lib/services/key-format'
import { endAllSessions, startSession } from '@/lib/services/sessions'
import { query, sql } from '@/lib/sql'
import { createCookieFor, createKeyFor, createPerson, type Person } from '../fixtures/factories'
import { expectProblem } from '../fixtures/problem'
import { ownAddress, type RawAnswer, rawCall } from '../fixtures/raw-http'
import { apiWith, expect, test } from '../fixtures/test'

/** From an address of its own: bad credentials cost the address that sends them. */
function me(headers: Record<string, string>): Promise<RawAnswer> {
  return rawCall('/api/auth/me', { headers, from: ownAddress() })
}

async function expectUnauthenticated(answer: RawAnswer): Promise<void> {
  await expectProblem(answer, 'unauthenticated')
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
}

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })
const ofKeys = (person: Person) => sql`SELECT id FROM api_keys WHERE user_id = ${person.userId}`

test('a key speaks for its user', async ({ writer }) => {
  const key = await createKeyFor(writer)
  for (const authorization of [`Bearer ${key}`, `bearer ${key}`, `BEARER   ${key}`]) {
    const answer = await me({ Authorization: authorization })
    expect(answer.status, authorization).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({
      user: {
        id: writer.userId,
        email: writer.email,
        name: 'Ada',
        tier: 'free',
        role: 'writer',
        credits: 20,
      },
    })
  }
  expect(await query(ofKeys(writer))).toHaveLength(1)
})

const badKeys = [
  { name: 'another scheme', header: () => 'Basic YWRhOnNlY3JldA==' },
  { name: 'no key', header: () => 'Bearer' },
  { name: 'an empty header', header: () => '' },
  { name: 'no scheme', header: (key: string) => key },
  { name: 'two keys', header: (key: string) => `Bearer ${key} ${key}` },
  { name: 'an unknown key', header: () => `Bearer ${newKey()}` },
  { name: 'a misspelt key', header: () => `Bearer ink_${'a'.repeat(49)}` },
  { name: 'a key without its prefix', header: (key: string) => `Bearer ${key.slice(4)}` },
  { name: 'half a key', header: (key: string) => `Bearer ${key.slice(0, 20)}` },
  { name: 'a key in other letters', header: (key: string) => `Bearer ${key.toLowerCase()}` },
  { name: 'a very long key', header: () => `Bearer ink_${'a'.repeat(8_000)}` },
  { name: 'SQL', header: () => "Bearer ink_' OR '1'='1" },
]

for (const { name, header } of badKeys) {
  test(`${name} is 401`, async ({ writer }) => {
    await expectUnauthenticated(await me({ Authorization: header(await createKeyFor(writer)) }))
  })
}

test('no credentials are 401 where some are needed', async () => {
  const calls = [
    ['GET', '/api/auth/me'],
    ['GET', '/api/usage'],
    ['POST', '/api/posts'],
    ['PATCH', `/api/posts/${newId()}`],
    ['DELETE', `/api/posts/${newId()}`],
    ['GET', '/api/usage/ledger'],
  ] as const
  for (const [method, path] of calls) await expectUnauthenticated(await rawCall(path, { method }))
})

const ends = [
  { name: 'a revoked key', change: sql`revoked_at = now()` },
  { name: 'an expired key', change: sql`expires_at = now() - interval '1 second'` },
]

for (const { name, change } of ends) {
  test(`${name} is 401, at once`, async ({ writer }) => {
    const key = await createKeyFor(writer)
    expect((await me(bearer(key))).status).toBe(200)
    await query(sql`UPDATE api_keys SET ${change} WHERE user_id = ${writer.userId}`)
    await expectUnauthenticated(await me(bearer(key)))
  })
}

test('bad credentials are never taken for none', async () => {
  await expectUnauthenticated(await rawCall('/api/posts', { headers: bearer('ink_no'), from: ownAddress() }))
  const headers = { Cookie: `${SESSION_COOKIE}=nonsense` }
  await expectUnauthenticated(await rawCall('/api/posts', { headers, from: ownAddress() }))
  expect((await rawCall('/api/posts')).status).toBe(200)
})

test('the dashboard’s cookie speaks for its user', async ({ writer }) => {
  const { name, value } = await createCookieFor(writer)
  const answer = await me({ Cookie: `theme=dark; ${name}=${value}` })
  expect(JSON.parse(answer.text)).toMatchObject({ user: { id: writer.userId } })
})

test('a call with both is the key’s', async ({ writer }) => {
  const other = await createPerson({ name: 'Bob' })
  const { name, value } = await createCookieFor(writer)
  const cookie = { Cookie: `${name}=${value}` }
  const answer = await me({ ...cookie, ...bearer(await createKeyFor(other, ['posts:read'])) })
  expect(JSON.parse(answer.text)).toMatchObject({ user: { id: other.userId } })
  // With the key's scopes, not the session's.
  const headers = { ...cookie, ...bearer(await createKeyFor(other, ['posts:read'])) }
  await expectProblem(await rawCall('/api/usage', { headers }), 'forbidden')
  await expectUnauthenticated(await me({ ...cookie, ...bearer('ink_no') }))
})

const tickets: { name: string; seal: (person: Person) => Promise<string> }[] = [
  { name: 'nonsense', seal: async () => 'nonsense' },
  { name: 'an empty seal', seal: async () => 'Fe26.2*1*****~2' },
  { name: 'a seal of the wrong kind', seal: async () => 'Fe27.1*1*a*b*c*d*e*f' },
  { name: 'a seal with something else for parts', seal: async () => 'Fe26.2*1*%*%*%*%*%*%~2' },
  {
    name: 'a seal cut short',
    seal: async (person) => (await sealTicket(await startSession(person.userId, ''))).slice(0, -5),
  },
  {
    name: 'another secret’s seal',
    seal: async (person) => sealData(await startSession(person.userId, ''), { password: 'x'.repeat(40) }),
  },
  { name: 'a session that never was', seal: () => sealTicket({ sid: newId(), v: 1 }) },
  { name: 'a session id that is none', seal: () => sealTicket({ sid: "' OR true --", v: 1 }) },
  {
    name: 'an older version of the session',
    seal: async (person) => sealTicket({ ...(await startSession(person.userId, '')), v: 2 }),
  },
  {
    name: 'an expired session',
    seal: async (person) => {
      const ticket = await startSession(person.userId, '')
      await query(sql`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = ${ticket.sid}`)
      return sealTicket(ticket)
    },
  },
  {
    name: 'an ended session',
    seal: async (person) => {
      const ticket = await startSession(person.userId, '')
      await endAllSessions(person)
      return sealTicket(ticket)
    },
  },
]

for (const { name, seal } of tickets) {
  test(`a cookie with ${name} is 401`, async ({ writer }) => {
    await expectUnauthenticated(await me({ Cookie: `${SESSION_COOKIE}=${await seal(writer)}` }))
  })
}

const scoped = [
  { scope: 'posts:read', method: 'GET', path: '/api/posts' },
  { scope: 'posts:read', method: 'GET', path: `/api/posts/${newId()}` },
  { scope: 'posts:write', method: 'POST', path: '/api/posts' },
  { scope: 'posts:write', method: 'PATCH', path: `/api/posts/${newId()}` },
  { scope: 'posts:write', method: 'DELETE', path: `/api/posts/${newId()}` },
  { scope: 'generate', method: 'POST', path: '/api/generate' },
  { scope: 'generate', method: 'GET', path: `/api/generate/${newId()}` },
  { scope: 'generate', method: 'POST', path: `/api/generate/${newId()}/stop` },
  { scope: 'usage:read', method: 'GET', path: '/api/usage' },
] as const

for (const { scope, method, path } of scoped) {
  test(`${method} ${path.replace(/[\da-f-]{36}/, '{id}')} needs the scope ${scope}, and no other`, async ({
    writer,
  }) => {
    const others = [...new Set(scoped.map((one) => one.scope))].filter((one) => one !== scope)
    const refused = await apiWith(await createKeyFor(writer, others))(path, { method })
    expect((await expectProblem(refused, 'forbidden')).detail).toContain(scope)
    // With it the call gets further, to what is wrong with it otherwise.
    const allowed = await apiWith(await createKeyFor(writer, [scope]))(path, { method })
    expect([200, 400, 404]).toContain(allowed.status)
  })
}
