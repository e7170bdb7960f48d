import { newId } from '@/lib/ids'
import { endAllSessions } from '@/lib/services/sessions'
import { query, sql } from '@/lib/sql'
import { createCookieFor, createKeyFor, createPerson, type Person } from '../fixtures/factories'
import { acceptOnly, close, readGeneration, succeeded } from '../fixtures/generations'
import { openForm } from '../fixtures/plain-form'
import { createPost, listPosts } from '../fixtures/posts'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { type Api, apiWith, test as base, expect } from '../fixtures/test'
import { tracesOf } from '../fixtures/traces'

/** Two writers who must not be able to tell that the other exists; `them` has all scopes and knows every id. */
const test = base.extend<{ stranger: Person; them: Api }>({
  stranger: async ({ database: _ }, use) => use(await createPerson({ name: 'Bob' })),
  them: async ({ stranger }, use) => use(apiWith(await createKeyFor(stranger))),
})

const NOWHERE = newId()

const onPosts = [
  { verb: 'GET', init: {} },
  { verb: 'PATCH', init: { json: { title: 'Mine now' }, headers: { 'If-Match': '*' } } },
  { verb: 'DELETE', init: {} },
]

for (const status of ['draft', 'published']) {
  for (const { verb, init } of onPosts) {
    test(`${verb} on another’s ${status} post is as if there were none`, async ({ api, them }) => {
      const post = await createPost(api, { status })
      const [theirs, none] = await Promise.all(
        [post.id, NOWHERE].map(async (id) =>
          expectProblem(await them(`/api/posts/${id}`, { method: verb, ...init }), 'not_found'),
        ),
      )
      expect({ ...theirs, requestId: '' }).toEqual({ ...none, requestId: '' })
      expect(await (await api(`/api/posts/${post.id}`)).json()).toEqual(post)
    })
  }
}

test('GET /api/posts lists nothing of another’s', async ({ api, them }) => {
  await createPost(api, { title: 'Draft' })
  await createPost(api, { title: 'Published', status: 'published' })
  expect(await listPosts(them, '?status=all&count=true')).toMatchObject({ posts: [], total: 0 })
  expect(await listPosts(them, '?q=published&count=true')).toMatchObject({ posts: [], total: 0 })
})

test('a cursor from another’s list is refused', async ({ api, them }) => {
  await createPost(api)
  await createPost(api)
  const { nextCursor } = await listPosts(api, '?limit=1')
  expect(nextCursor).not.toBeNull()
  const answer = await them(`/api/posts?cursor=${nextCursor}`)
  expect(pointersOf(await expectProblem(answer, 'invalid'))).toEqual(['/cursor'])
})

const onGenerations = [
  { name: 'GET', path: '', init: {} },
  { name: 'GET as a stream', path: '', init: { headers: { Accept: 'text/event-stream' } } },
  {
    name: 'GET as a stream from the middle',
    path: '',
    init: { headers: { Accept: 'text/event-stream', 'Last-Event-ID': '1' } },
  },
  { name: 'POST stop', path: '/stop', init: { method: 'POST' } },
]

for (const { name, path, init } of onGenerations) {
  test(`${name} on another’s generation is as if there were none`, async ({ api, writer, them }) => {
    const running = await acceptOnly(writer)
    const ended = await acceptOnly(writer)
    await close(ended, succeeded)
    const before = await Promise.all([running, ended].map(({ id }) => readGeneration(api, id)))
    const problems = []
    for (const id of [running.id, ended.id, NOWHERE])
      problems.push(await expectProblem(await them(`/api/generate/${id}${path}`, init), 'not_found'))
    expect(new Set(problems.map(({ detail }) => detail)).size).toBe(1)
    expect(await Promise.all([running, ended].map(({ id }) => readGeneration(api, id)))).toEqual(before)
    const asked = await query(
      sql`SELECT FROM generations WHERE id = ${running.id} AND stop_requested_at IS NOT NULL`,
    )
    expect(asked).toEqual([])
    await close(running, succeeded)
  })
}

test('POST /api/generate in another’s project is as if there were none', async ({
  writer,
  api,
  them,
  stranger,
}) => {
  const projectId = newId()
  await query(sql`
    INSERT INTO projects (id, owner_id, name, brief) VALUES (${projectId}, ${writer.userId}, 'Mine', 'Secret')`)
  const before = await tracesOf(stranger.userId)
  const call = (id: string) => ({ method: 'POST', json: { prompt: 'A keeper', projectId: id } })
  const theirs = await expectProblem(await them('/api/generate', call(projectId)), 'not_found')
  const none = await expectProblem(await them('/api/generate', call(NOWHERE)), 'not_found')
  expect(theirs.detail).toBe(none.detail)
  expect(await tracesOf(stranger.userId)).toEqual(before)
  expect((await api('/api/generate', call(projectId))).status).toBe(200)
})

test('GET /api/usage and /api/auth/me tell of the caller alone', async ({ api, them, writer, stranger }) => {
  await api('/api/generate', { method: 'POST', json: { prompt: 'A keeper' } })
  const [mine, theirs] = await Promise.all(
    [api, them].map(async (one) => ({
      usage: (await (await one('/api/usage')).json()) as { credits: number; tools: { used: number }[] },
      me: (await (await one('/api/auth/me')).json()) as { user: unknown },
    })),
  )
  expect(mine?.usage.credits).toBe(19)
  expect(mine?.usage.tools.map(({ used }) => used)).toEqual([1, 0, 0, 0])
  expect(theirs?.usage.credits).toBe(20)
  expect(theirs?.usage.tools.map(({ used }) => used)).toEqual([0, 0, 0, 0])
  for (const [answer, person] of [
    [mine, writer],
    [theirs, stranger],
  ] as const)
    expect(answer?.me.user).toMatchObject({ id: person.userId, email: person.email })
})

test('an attempt key of another’s is no key of the caller’s', async ({ api, them, writer, stranger }) => {
  const call = { method: 'POST', json: { title: 'Once', content: '' }, headers: { 'Idempotency-Key': 'k' } }
  const [mine, theirs] = [await api('/api/posts', call), await them('/api/posts', call)]
  expect([mine.status, theirs.status]).toEqual([201, 201])
  expect(mine.headers.get('location')).not.toBe(theirs.headers.get('location'))
  expect((await tracesOf(writer.userId)).attempts).toBe(1)
  expect((await tracesOf(stranger.userId)).attempts).toBe(1)
})

test('revoking another’s key revokes nothing', async ({ writer, stranger }) => {
  const key = await createKeyFor(writer)
  await createKeyFor(stranger)
  const [mine] = await query<{ id: string }>(sql`SELECT id FROM api_keys WHERE user_id = ${writer.userId}`)
  const [theirs] = await query<{ id: string }>(
    sql`SELECT id FROM api_keys WHERE user_id = ${stranger.userId}`,
  )
  const form = await openForm(stranger, '/dashboard/settings', 'id')
  expect(form.hidden.id).toBe(theirs?.id)
  const answer = await form.submit({ id: mine?.id ?? '' })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('There is no such key.')
  expect((await apiWith(key)('/api/auth/me')).status).toBe(200)
})

test('signing out everywhere ends no session of another’s', async ({ writer, stranger }) => {
  const call = async (person: Person) => {
    const { name, value } = await createCookieFor(person)
    return () => apiWith(null)('/api/auth/me', { headers: { Cookie: `${name}=${value}` } })
  }
  const [mine, theirs] = [await call(writer), await call(stranger)]
  expect([(await mine()).status, (await theirs()).status]).toEqual([200, 200])
  await endAllSessions(stranger)
  expect([(await mine()).status, (await theirs()).status]).toEqual([200, 401])
})
