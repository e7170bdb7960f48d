import { updatePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { createPost } from '../fixtures/posts'
import { apiWith, expect, test } from '../fixtures/test'

test('what is scheduled is a draft to the API until the server publishes it by itself', async ({
  api,
  writer,
}) => {
  const { id } = await createPost(api)
  await updatePost(writer, id, { publishAt: new Date(Date.now() + 86_400_000), tags: ['Sea'] }, [1])
  const readers = apiWith(null)
  expect((await readers(`/api/posts/${id}`)).status).toBe(404)
  const before = await (await api(`/api/posts/${id}`)).json()
  expect(before).toMatchObject({ status: 'draft', version: 2, publishedAt: null })
  for (const field of ['tags', 'publishAt']) expect(before).not.toHaveProperty(field)

  await query(sql`UPDATE posts SET publish_at = now() WHERE id = ${id}`)
  await expect.poll(async () => (await readers(`/api/posts/${id}`)).status, { timeout: 45_000 }).toBe(200)
  const after = await (await api(`/api/posts/${id}`)).json()
  expect(after).toMatchObject({ status: 'published', version: 3 })
})

for (const json of [{ tags: ['sea'] }, { slug: 'mine' }, { publishAt: '2099-01-01T00:00:00Z' }]) {
  test(`the API takes no ${Object.keys(json)}`, async ({ api }) => {
    const { id } = await createPost(api)
    const headers = { 'If-Match': '*' }
    expect((await api(`/api/posts/${id}`, { method: 'PATCH', json, headers })).status).toBe(422)
    expect(
      (await api('/api/posts', { method: 'POST', json: { title: 'T', content: '', ...json } })).status,
    ).toBe(422)
  })
}
