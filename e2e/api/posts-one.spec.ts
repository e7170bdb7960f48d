import type { PostView } from '@/lib/schemas/posts'
import { createKeyFor } from '../fixtures/factories'
import { NO_ID } from '../fixtures/paths'
import { createPost, listPosts } from '../fixtures/posts'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { rawCall } from '../fixtures/raw-http'
import { type Api, apiWith, expect, test } from '../fixtures/test'

const nobody = apiWith(null)

function patch(api: Api, id: string, json: unknown, tag: string | null = '*'): Promise<Response> {
  return api(`/api/posts/${id}`, { method: 'PATCH', json, headers: tag === null ? {} : { 'If-Match': tag } })
}

test('reads one with a strong validator', async ({ api }) => {
  const post = await createPost(api)
  const answer = await api(`/api/posts/${post.id}`)
  const tag = answer.headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[^"]+"$/)
  expect(await answer.json()).toEqual(post)
  const fresh = await api(`/api/posts/${post.id}`, { headers: { 'If-None-Match': `W/${tag}` } })
  expect({ status: fresh.status, body: await fresh.text(), tag: fresh.headers.get('etag') }).toEqual({
    status: 304,
    body: '',
    tag,
  })
  expect((await api(`/api/posts/${post.id}`, { headers: { 'If-None-Match': '"v0"' } })).status).toBe(200)
})

test('nobody in particular reads what is published', async ({ api }) => {
  const post = await createPost(api)
  await expectProblem(await nobody(`/api/posts/${post.id}`), 'not_found')
  const published = (await (await patch(api, post.id, { status: 'published' })).json()) as PostView
  expect(await (await nobody(`/api/posts/${post.id}`)).json()).toEqual(published)
  await patch(api, post.id, { status: 'draft' })
  await expectProblem(await nobody(`/api/posts/${post.id}`), 'not_found')
})

test('publishing dates it once, and its address stays from then on', async ({ api }) => {
  const draft = await createPost(api, { title: `First ${crypto.randomUUID()}` })
  const renamed = (await (await patch(api, draft.id, { title: `Renamed ${draft.id}` })).json()) as PostView
  expect(renamed.slug).toBe(`renamed-${draft.id}`)
  const published = (await (await patch(api, draft.id, { status: 'published' })).json()) as PostView
  expect(published.publishedAt).not.toBeNull()
  const hidden = (await (
    await patch(api, draft.id, { status: 'draft', title: 'Another' })
  ).json()) as PostView
  expect(hidden).toMatchObject({ slug: renamed.slug, publishedAt: published.publishedAt, status: 'draft' })
  const again = (await (await patch(api, draft.id, { status: 'published' })).json()) as PostView
  expect(again).toMatchObject({ slug: renamed.slug, publishedAt: published.publishedAt, version: 5 })
})

const changes = [
  { title: 'New' },
  { content: 'New *text*' },
  { content: '' },
  { excerpt: 'New' },
  { status: 'published' },
  { title: 'All', content: 'of', excerpt: 'it', status: 'draft' },
]

for (const change of changes) {
  test(`changes ${JSON.stringify(change)} and nothing else`, async ({ api }) => {
    const post = await createPost(api, { title: 'T', content: 'C', excerpt: 'E' })
    const tag = (await api(`/api/posts/${post.id}`)).headers.get('etag')
    const answer = await patch(api, post.id, change, tag)
    const changed = (await answer.json()) as PostView
    expect(answer.status).toBe(200)
    const { slug, updatedAt, publishedAt } = changed
    expect(changed).toEqual({ ...post, ...change, slug, updatedAt, publishedAt, version: 2 })
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(post.updatedAt))
    expect(answer.headers.get('etag')).not.toBe(tag)
    const read = await api(`/api/posts/${post.id}`)
    expect({ tag: read.headers.get('etag'), post: await read.json() }).toEqual({
      tag: answer.headers.get('etag'),
      post: changed,
    })
  })
}

const preconditions: { tag: string | null; status: number }[] = [
  { tag: '"v2"', status: 200 },
  { tag: '*', status: 200 },
  { tag: '"v1", "v2"', status: 200 },
  { tag: 'W/"v2", "v2"', status: 200 },
  { tag: null, status: 428 },
  { tag: '', status: 428 },
  { tag: '"v1"', status: 412 },
  { tag: '"v3"', status: 412 },
  { tag: 'W/"v2"', status: 412 },
  { tag: 'v2', status: 412 },
  { tag: '"foreign"', status: 412 },
  { tag: '"v99999999999999999999"', status: 412 },
]

for (const { tag, status } of preconditions) {
  test(`If-Match: ${tag} is ${status} at version 2`, async ({ api }) => {
    const post = await createPost(api, { title: 'T' })
    await patch(api, post.id, { title: 'T2' })
    const answer = await patch(api, post.id, { title: 'T3' }, tag)
    expect(answer.status).toBe(status)
    if (status === 412)
      expect(await expectProblem(answer, 'precondition_failed')).toMatchObject({ version: 2 })
    if (status === 428) await expectProblem(answer, 'precondition_required')
    expect((await (await api(`/api/posts/${post.id}`)).json()) as PostView).toMatchObject(
      status === 200 ? { title: 'T3', version: 3 } : { title: 'T2', version: 2 },
    )
  })
}

test('of 20 saves of one version at once, one is kept', async ({ api }) => {
  const post = await createPost(api)
  const saves = Array.from({ length: 20 }, (_, n) => patch(api, post.id, { content: `Save ${n}` }, '"v1"'))
  const answers = await Promise.all(saves)
  const kept = answers.filter(({ status }) => status === 200)
  expect(kept).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(19)
  expect(await (await api(`/api/posts/${post.id}`)).json()).toEqual(await kept[0]?.json())
})

const invalid: { json: unknown; pointers: string[] }[] = [
  { json: { titel: 'A' }, pointers: ['/titel'] },
  { json: { title: 'A', slug: 'a', id: 'b' }, pointers: ['/id', '/slug'] },
  { json: { title: null }, pointers: ['/title'] },
  { json: { status: 'gone' }, pointers: ['/status'] },
  { json: { content: 'a\0' }, pointers: ['/content'] },
  { json: [], pointers: [''] },
]

for (const { json, pointers } of invalid) {
  test(`refuses ${JSON.stringify(json)}`, async ({ api }) => {
    const post = await createPost(api)
    expect(pointersOf(await expectProblem(await patch(api, post.id, json), 'invalid'))).toEqual(pointers)
    expect(await (await api(`/api/posts/${post.id}`)).json()).toEqual(post)
  })
}

test('deletes with a real 204; then it is not there', async ({ api, writer }) => {
  const post = await createPost(api, { status: 'published' })
  const headers = { Authorization: `Bearer ${await createKeyFor(writer)}` }
  const answer = await rawCall(`/api/posts/${post.id}`, { method: 'DELETE', headers })
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' })
  for (const name of ['content-type', 'content-length', 'transfer-encoding'])
    expect(answer.headers.get(name), name).toBeNull()

  await expectProblem(await api(`/api/posts/${post.id}`), 'not_found')
  await expectProblem(await nobody(`/api/posts/${post.id}`), 'not_found')
  await expectProblem(await patch(api, post.id, { title: 'A' }), 'not_found')
  await expectProblem(await api(`/api/posts/${post.id}`, { method: 'DELETE' }), 'not_found')
  expect((await listPosts(api)).posts).toEqual([])
})

test('a change of nothing makes no version, and its precondition still holds', async ({ api }) => {
  const post = await createPost(api)
  const answer = await patch(api, post.id, {}, '"v1"')
  expect({ status: answer.status, tag: answer.headers.get('etag'), post: await answer.json() }).toEqual({
    status: 200,
    tag: '"v1"',
    post,
  })
  expect(await expectProblem(await patch(api, post.id, {}, '"v2"'), 'precondition_failed')).toMatchObject({
    version: 1,
  })
  await expectProblem(await patch(api, post.id, {}, null), 'precondition_required')
  expect(await (await api(`/api/posts/${post.id}`)).json()).toEqual(post)
})

for (const { tag, status } of preconditions) {
  const deletes = status === 412 ? 412 : 204
  test(`a delete with If-Match: ${tag} is ${deletes} at version 2`, async ({ api }) => {
    const post = await createPost(api)
    await patch(api, post.id, { title: 'T2' })
    const headers = tag === null ? {} : { 'If-Match': tag }
    const answer = await api(`/api/posts/${post.id}`, { method: 'DELETE', headers })
    expect(answer.status).toBe(deletes)
    if (deletes === 412)
      expect(await expectProblem(answer, 'precondition_failed')).toMatchObject({ version: 2 })
    expect((await api(`/api/posts/${post.id}`)).status).toBe(deletes === 412 ? 200 : 404)
    const none = await api(`/api/posts/${NO_ID}`, { method: 'DELETE', headers })
    await expectProblem(none, 'not_found')
  })
}

test('of a save and a delete of one version at once, one is done', async ({ api }) => {
  for (let round = 0; round < 10; round++) {
    const post = await createPost(api)
    const [saved, deleted] = await Promise.all([
      patch(api, post.id, { content: 'Saved' }, '"v1"'),
      api(`/api/posts/${post.id}`, { method: 'DELETE', headers: { 'If-Match': '"v1"' } }),
    ])
    const there = (await api(`/api/posts/${post.id}`)).status === 200
    expect([saved.status, deleted.status]).toEqual(there ? [200, 412] : [404, 204])
  }
})

test('reading needs posts:read, changing posts:write', async ({ api, writer }) => {
  const post = await createPost(api)
  const reader = apiWith(await createKeyFor(writer, ['posts:read']))
  const author = apiWith(await createKeyFor(writer, ['posts:write']))
  expect((await reader(`/api/posts/${post.id}`)).status).toBe(200)
  await expectProblem(await patch(reader, post.id, { title: 'A' }), 'forbidden')
  await expectProblem(await reader(`/api/posts/${post.id}`, { method: 'DELETE' }), 'forbidden')
  await expectProblem(await author(`/api/posts/${post.id}`), 'forbidden')
  await expectProblem(await author('/api/posts'), 'forbidden')
  expect((await patch(author, post.id, { title: 'A' })).status).toBe(200)
  expect((await author(`/api/posts/${post.id}`, { method: 'DELETE' })).status).toBe(204)
})
