import { existsSync } from 'node:fs'
import path from 'node:path'
import type { PostView } from '@/lib/schemas/posts'
import { query, sql } from '@/lib/sql'
import { whileOpen } from '../fixtures/database'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { NO_ID } from '../fixtures/paths'
import { picture, upload } from '../fixtures/pictures'
import { createPost } from '../fixtures/posts'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { type Api, apiWith, test as base, expect } from '../fixtures/test'

/** Another writer, who knows every id and has all scopes. */
const test = base.extend<{ them: Api }>({
  them: async ({ database: _ }, use) => use(apiWith(await createKeyFor(await createPerson({ name: 'Bob' })))),
})

const remove = (api: Api, id: string) => api(`/api/uploads/${id}`, { method: 'DELETE' })
const folderOf = (id: string) => path.join(PRODUCT.dataDir, 'uploads', id.slice(-2), id)
const readPost = async (api: Api, { id }: PostView) => {
  const answer = await api(`/api/posts/${id}`)
  return { post: (await answer.json()) as PostView, tag: answer.headers.get('etag') }
}

for (const method of ['GET', 'DELETE']) {
  test(`${method} of another’s upload is as if there were none`, async ({ api, them }) => {
    const made = await upload(api, await picture())
    const [theirs, none] = await Promise.all(
      [made.id, NO_ID].map(async (id) =>
        expectProblem(await them(`/api/uploads/${id}`, { method }), 'not_found'),
      ),
    )
    expect({ ...theirs, requestId: '' }).toEqual({ ...none, requestId: '' })
    await expectProblem(await api('/api/uploads/not-an-id', { method }), 'not_found')
    await expectProblem(await apiWith(null)(`/api/uploads/${made.id}`, { method }), 'unauthenticated')
    expect(await (await api(`/api/uploads/${made.id}`)).json()).toEqual(made)
    expect((await fetch(`${PRODUCT.url}${made.url}`)).status).toBe(200)
  })
}

test('a deleted upload is gone, with every file of it', async ({ api }) => {
  const made = await upload(api, await picture('jpeg', 400, 300))
  expect((await fetch(`${PRODUCT.url}${made.url}?w=160`)).status).toBe(200)
  expect(existsSync(path.join(folderOf(made.id), 'w160'))).toBe(true)
  const answer = await remove(api, made.id)
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  await expectProblem(await api(`/api/uploads/${made.id}`), 'not_found')
  await expectProblem(await remove(api, made.id), 'not_found')
  for (const width of ['', '?w=160', '?w=320'])
    expect((await fetch(`${PRODUCT.url}${made.url}${width}`)).status, width).toBe(404)
  expect(existsSync(folderOf(made.id))).toBe(false)
  expect(await query(sql`SELECT FROM orphan_files WHERE upload_id = ${made.id}`)).toEqual([])
})

test('uploads are deleted with uploads:write alone', async ({ api, writer }) => {
  const { id } = await upload(api, await picture())
  await expectProblem(await remove(apiWith(await createKeyFor(writer, ['uploads:read'])), id), 'forbidden')
  expect((await remove(apiWith(await createKeyFor(writer, ['uploads:write'])), id)).status).toBe(204)
})

test('a post whose cover is deleted has none, as a new version of it', async ({ api }) => {
  const { id } = await upload(api, await picture())
  const post = await createPost(api, { coverUploadId: id, status: 'published' })
  const other = await createPost(api)
  const before = await readPost(api, post)
  expect(before.post.coverUploadId).toBe(id)
  expect((await remove(api, id)).status).toBe(204)
  const after = await readPost(api, post)
  expect(after.post).toEqual({
    ...post,
    coverUploadId: null,
    version: 2,
    updatedAt: expect.not.stringMatching(post.updatedAt),
  })
  expect(after.tag).not.toBe(before.tag)
  expect(await query(sql`SELECT version FROM post_versions WHERE post_id = ${post.id}`)).toHaveLength(2)
  expect((await readPost(api, other)).post).toEqual(other)
})

test('the page of a post loses its cover at once', async ({ api }) => {
  const made = await upload(api, await picture())
  const post = await createPost(api, {
    title: `Cover ${made.id}`,
    coverUploadId: made.id,
    status: 'published',
  })
  const page = async () => (await fetch(`${PRODUCT.url}/posts/${post.slug}`)).text()
  expect(await page()).toContain(`src="${made.url}"`)
  expect((await remove(api, made.id)).status).toBe(204)
  expect(await page()).not.toContain(made.url)
})

test('an upload that is deleted while posts take it for their cover is the cover of none', async ({
  api,
}) => {
  const posts = await Promise.all(Array.from({ length: 6 }, () => createPost(api)))
  const { id } = await upload(api, await picture())
  const headers = { 'If-Match': '*' }
  const answers = await Promise.all([
    ...posts.map((post) =>
      api(`/api/posts/${post.id}`, { method: 'PATCH', json: { coverUploadId: id }, headers }),
    ),
    remove(api, id),
    ...posts.map(() =>
      api('/api/posts', { method: 'POST', json: { title: 'A', content: '', coverUploadId: id } }),
    ),
  ])
  for (const answer of answers) {
    if (answer.ok) continue
    expect(pointersOf(await expectProblem(answer, 'invalid'))).toEqual(['/coverUploadId'])
  }
  for (const post of posts) expect((await readPost(api, post)).post.coverUploadId).toBeNull()
})

test('a post that takes an upload for its cover in the moment of its deletion has none, as a new version', async ({
  api,
}) => {
  const post = await createPost(api)
  const { id } = await upload(api, await picture())
  const answer = await whileOpen(
    (save) => save(sql`UPDATE posts SET cover_upload_id = ${id}, version = 2 WHERE id = ${post.id}`),
    () => remove(api, id),
  )
  expect(answer.status).toBe(204)
  expect((await readPost(api, post)).post).toMatchObject({ coverUploadId: null, version: 3 })
})
