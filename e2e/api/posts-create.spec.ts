import { newId } from '@/lib/ids'
import type { PostView } from '@/lib/schemas/posts'
import { query, sql } from '@/lib/sql'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { uniqueWords } from '../fixtures/model-calls'
import { picture, upload } from '../fixtures/pictures'
import { createPost, listPosts } from '../fixtures/posts'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)

test('makes a draft of title and content alone', async ({ api }) => {
  const title = uniqueWords()
  const answer = await api('/api/posts', { method: 'POST', json: { title, content: '# Hello\r\n' } })
  const post = (await answer.json()) as PostView
  expect(answer.status).toBe(201)
  expect(post).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    title,
    content: '# Hello\r\n',
    excerpt: '',
    slug: title,
    status: 'draft',
    coverUploadId: null,
    version: 1,
    createdAt: TIME,
    updatedAt: post.createdAt,
    publishedAt: null,
  })
  expect(answer.headers.get('location')).toBe(`/api/posts/${post.id}`)
  const read = await api(`/api/posts/${post.id}`)
  expect(read.headers.get('etag')).toBe(answer.headers.get('etag'))
  expect(await read.json()).toEqual(post)
})

test('makes a published post', async ({ api }) => {
  const post = await createPost(api, { status: 'published', excerpt: ' What it says ' })
  expect(post).toMatchObject({ status: 'published', publishedAt: post.createdAt, excerpt: 'What it says' })
})

test('posts of one title have addresses of their own', async ({ api }) => {
  const title = uniqueWords()
  const made = await Promise.all(Array.from({ length: 10 }, () => createPost(api, { title })))
  const slugs = made.map(({ slug }) => slug)
  expect(new Set(slugs).size).toBe(10)
  expect(slugs).toContain(title)
  for (const slug of slugs) expect(slug).toMatch(new RegExp(`^${title}(-[\\da-f]{6})?$`))
})

const scripts = [
  { title: 'Über Größe & Maß', slug: /^uber-grosse-and-mass/ },
  { title: '灯台守', slug: /^post-[\da-f]{6}$/ },
  { title: '🗼🗼', slug: /^post-[\da-f]{6}$/ },
  { title: '../../etc/passwd', slug: /^etcpasswd/ },
]

for (const { title, slug } of scripts) {
  test(`keeps the title ${title}, and makes an address of it`, async ({ api }) => {
    const post = await createPost(api, { title })
    expect(post.title).toBe(title)
    expect(post.slug).toMatch(slug)
  })
}

const invalid: { name: string; json: unknown; pointers: string[] }[] = [
  { name: 'nothing', json: {}, pointers: ['/content', '/title'] },
  { name: 'a blank title', json: { title: ' ', content: '' }, pointers: ['/title'] },
  { name: 'a long title', json: { title: 'a'.repeat(201), content: '' }, pointers: ['/title'] },
  { name: 'a long content', json: { title: 'a', content: 'a'.repeat(200_001) }, pointers: ['/content'] },
  {
    name: 'a long excerpt',
    json: { title: 'a', content: '', excerpt: 'a'.repeat(501) },
    pointers: ['/excerpt'],
  },
  {
    name: 'a status that is none',
    json: { title: 'a', content: '', status: 'public' },
    pointers: ['/status'],
  },
  { name: 'wrong types', json: { title: 1, content: ['a'] }, pointers: ['/content', '/title'] },
  { name: 'a field that is none', json: { title: 'a', content: '', version: 7 }, pointers: ['/version'] },
  { name: 'NUL', json: { title: 'a', content: 'a\0b' }, pointers: ['/content'] },
  { name: 'half a character', json: { title: 'a\udc00', content: '' }, pointers: ['/title'] },
  {
    name: 'a cover that is no id',
    json: { title: 'a', content: '', coverUploadId: 'x' },
    pointers: ['/coverUploadId'],
  },
  {
    name: 'a cover that is not there',
    json: { title: 'a', content: '', coverUploadId: newId() },
    pointers: ['/coverUploadId'],
  },
]

for (const { name, json, pointers } of invalid) {
  test(`refuses ${name}, and makes nothing`, async ({ api }) => {
    const problem = await expectProblem(await api('/api/posts', { method: 'POST', json }), 'invalid')
    expect(pointersOf(problem)).toEqual(pointers)
    expect((await listPosts(api)).posts).toEqual([])
  })
}

test('a cover must be an upload of one’s own', async ({ api, writer }) => {
  const stranger = await createPerson()
  const [mine, theirs] = [newId(), newId()]
  await query(sql`
    INSERT INTO uploads (id, owner_id, filename, mime, bytes, width, height) VALUES
      (${mine}, ${writer.userId}, 'a.png', 'image/png', 1, 1, 1),
      (${theirs}, ${stranger.userId}, 'b.png', 'image/png', 1, 1, 1)`)
  const json = { title: 'a', content: '', coverUploadId: theirs }
  expect(
    pointersOf(await expectProblem(await api('/api/posts', { method: 'POST', json }), 'invalid')),
  ).toEqual(['/coverUploadId'])
  const post = await createPost(api, { coverUploadId: mine })
  expect(post.coverUploadId).toBe(mine)
  const headers = { 'If-Match': '*' }
  const patch = (coverUploadId: string | null) =>
    api(`/api/posts/${post.id}`, { method: 'PATCH', json: { coverUploadId }, headers })
  await expectProblem(await patch(theirs), 'invalid')
  expect(await (await patch(null)).json()).toMatchObject({ coverUploadId: null, version: 2 })
})

test('the same Idempotency-Key and body make one post', async ({ api }) => {
  const call = { method: 'POST', json: { title: 'Once', content: '' }, headers: { 'Idempotency-Key': 'k' } }
  const answers = [await api('/api/posts', call), await api('/api/posts', call)]
  const [first, again] = await Promise.all(
    answers.map(async (one) => ({ status: one.status, post: await one.json() })),
  )
  expect(first?.status).toBe(201)
  expect(again).toEqual(first)
  expect(answers[1]?.headers.get('location')).toBe(answers[0]?.headers.get('location'))
  const other = { ...call, json: { title: 'Twice', content: '' } }
  await expectProblem(await api('/api/posts', other), 'key_reused')
  await expectProblem(await api('/api/posts', { ...call, headers: { 'Idempotency-Key': '' } }), 'malformed')
  expect((await listPosts(api)).posts).toHaveLength(1)
})

test('a repeat is answered with the post as it is now, also when its cover is gone', async ({ api }) => {
  const cover = await upload(api, await picture())
  const call = {
    method: 'POST',
    json: { title: 'Once', content: '', coverUploadId: cover.id },
    headers: { 'Idempotency-Key': 'cover' },
  }
  const made = (await (await api('/api/posts', call)).json()) as PostView
  expect(made.coverUploadId).toBe(cover.id)
  expect((await api(`/api/uploads/${cover.id}`, { method: 'DELETE' })).status).toBe(204)
  const again = await api('/api/posts', call)
  expect(again.status).toBe(201)
  expect(again.headers.get('etag')).toBe('"v2"')
  expect(await again.json()).toMatchObject({ id: made.id, version: 2, coverUploadId: null })
  // The refusal is of the post that would be new, and of another one under the same key.
  await expectProblem(await api('/api/posts', { ...call, headers: {} }), 'invalid')
  const other = { ...call, json: { ...call.json, title: 'Twice' } }
  await expectProblem(await api('/api/posts', other), 'key_reused')
  expect((await listPosts(api)).posts).toHaveLength(1)
})

test('20 at once with one key make one row', async ({ api, writer }) => {
  const call = { method: 'POST', json: { title: 'Once', content: '' }, headers: { 'Idempotency-Key': 'k' } }
  const posts = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const answer = await api('/api/posts', call)
      expect(answer.status).toBe(201)
      return ((await answer.json()) as PostView).id
    }),
  )
  expect(new Set(posts).size).toBe(1)
  const rows = await query(sql`SELECT FROM posts WHERE author_id = ${writer.userId}`)
  expect(rows).toHaveLength(1)
})

test('a refused post does not take its key', async ({ api }) => {
  const headers = { 'Idempotency-Key': 'k' }
  await expectProblem(await api('/api/posts', { method: 'POST', json: { title: '' }, headers }), 'invalid')
  expect(
    (await api('/api/posts', { method: 'POST', json: { title: 'a', content: '' }, headers })).status,
  ).toBe(201)
})

test('posts are made with posts:write alone', async ({ writer }) => {
  const reader = apiWith(await createKeyFor(writer, ['posts:read']))
  await expectProblem(
    await reader('/api/posts', { method: 'POST', json: { title: 'a', content: '' } }),
    'forbidden',
  )
  expect((await listPosts(reader)).posts).toEqual([])
})

test('characters are counted as people count them', async ({ api }) => {
  const title = '🏮'.repeat(200)
  expect((await createPost(api, { title })).title).toBe(title)
  const answer = await api('/api/posts', { method: 'POST', json: { title: `${title}🏮`, content: '' } })
  expect(pointersOf(await expectProblem(answer, 'invalid'))).toEqual(['/title'])
})
