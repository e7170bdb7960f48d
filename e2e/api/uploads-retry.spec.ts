import type { UploadView } from '@/lib/schemas/uploads'
import { query, sql } from '@/lib/sql'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { picture, sendFile, upload } from '../fixtures/pictures'
import { expectProblem } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'

const headers = { 'Idempotency-Key': 'k' }

const idsOf = (userId: string) =>
  query<{ id: string }>(sql`SELECT id FROM uploads WHERE owner_id = ${userId} ORDER BY id`)

test('the same Idempotency-Key and file make one upload', async ({ api, writer }) => {
  const content = await picture()
  const answers = [await sendFile(api, content, { headers }), await sendFile(api, content, { headers })]
  const [first, again] = await Promise.all(
    answers.map(async (one) => ({
      status: one.status,
      location: one.headers.get('location'),
      upload: await one.json(),
    })),
  )
  expect(first?.status).toBe(201)
  expect(again).toEqual(first)
  expect(await idsOf(writer.userId)).toEqual([{ id: first?.upload.id }])
})

test('the same key with another file, another name or other words, is refused', async ({ api, writer }) => {
  const content = await picture()
  const { id } = await upload(api, content, { headers })
  await expectProblem(await sendFile(api, await picture(), { headers }), 'key_reused')
  await expectProblem(await sendFile(api, content, { headers, filename: 'other.png' }), 'key_reused')
  await expectProblem(await sendFile(api, content, { headers, query: '?alt=A+pier' }), 'key_reused')
  await expectProblem(await sendFile(api, content, { headers: { 'Idempotency-Key': '' } }), 'malformed')
  expect(await idsOf(writer.userId)).toEqual([{ id }])
})

test('12 at once with one key make one upload, and leave no file beside it', async ({ api, writer }) => {
  const content = await picture('jpeg', 300, 200)
  const made = await Promise.all(Array.from({ length: 12 }, () => upload(api, content, { headers })))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(await idsOf(writer.userId)).toEqual([{ id: made[0]?.id }])
})

test('a key that made a post makes no upload', async ({ api, writer }) => {
  await api('/api/posts', { method: 'POST', json: { title: 'A', content: '' }, headers })
  await expectProblem(await sendFile(api, await picture(), { headers }), 'key_reused')
  expect(await idsOf(writer.userId)).toEqual([])
})

test('a refused file does not take its key', async ({ api }) => {
  await expectProblem(await sendFile(api, Buffer.from('no picture'), { headers }), 'unsupported_media_type')
  expect((await sendFile(api, await picture(), { headers })).status).toBe(201)
})

test('without a key each is an upload of its own', async ({ api, writer }) => {
  const content = await picture()
  await upload(api, content)
  await upload(api, content)
  expect(await idsOf(writer.userId)).toHaveLength(2)
})

test('an attempt key of another’s is no key of the caller’s', async ({ api }) => {
  const content = await picture()
  const them = apiWith(await createKeyFor(await createPerson({ name: 'Bob' })))
  const [mine, theirs]: [UploadView, UploadView] = [
    await upload(api, content, { headers }),
    await upload(them, content, { headers }),
  ]
  expect(mine.id).not.toBe(theirs.id)
})
