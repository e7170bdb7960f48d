import { expect, test } from '@/e2e/fixtures/own-database'
import { newPost } from '@/lib/schemas/posts'
import {
  createPost,
  deletePost,
  publishDue,
  readDetails,
  restorePost,
  updatePost,
} from '@/lib/services/posts'
import { readPost } from '@/lib/services/posts/read'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql, transaction } from '@/lib/sql'

// The database is the worker’s, and may hold what an earlier test has left.
test.beforeEach(() => query(sql`DELETE FROM posts`))

const SOON = () => new Date(Date.now() + 3_600_000)

async function scheduled(writer: Viewer, title = 'Scheduled') {
  return createPost(writer, { ...newPost.parse({ title, content: 'Its text.' }), publishAt: SOON() }, null)
}

/** Its time has come, by the database’s clock. */
const letItsTimeCome = (id: string) =>
  query(sql`UPDATE posts SET publish_at = now() - interval '1 second' WHERE id = ${id}`)

test('of many instances at once, one publishes what is due, once; what is not due waits', async ({
  writer,
}) => {
  const due = await Promise.all(['One', 'Two', 'Three'].map((title) => scheduled(writer, title)))
  const later = await scheduled(writer, 'Later')
  for (const { id } of due) await letItsTimeCome(id)
  const published = await Promise.all(Array.from({ length: 8 }, () => publishDue()))
  expect(published.flat().sort()).toEqual(due.map(({ id }) => id).sort())
  for (const { id } of due) {
    expect(await readPost(null, id)).toMatchObject({ status: 'published', version: 2 })
    expect(await query(sql`SELECT content FROM post_versions WHERE post_id = ${id}`)).toHaveLength(2)
    expect((await readDetails(writer, id)).publishAt).toBeNull()
  }
  expect(await publishDue()).toEqual([])
  expect(await readPost(writer, later.id)).toMatchObject({ status: 'draft', version: 1, publishedAt: null })
})

test('whoever is being saved is published afterwards, and the instance does not wait', async ({ writer }) => {
  const { id } = await scheduled(writer)
  await letItsTimeCome(id)
  await transaction(async (saving) => {
    await saving(sql`UPDATE posts SET content = 'Changed.' WHERE id = ${id}`)
    expect(await publishDue()).toEqual([])
  })
  expect(await publishDue()).toEqual([id])
  expect(await readPost(null, id)).toMatchObject({ content: 'Changed.' })
})

test('published, unscheduled or put into the trash, it is not published by itself', async ({ writer }) => {
  const now = await scheduled(writer)
  await updatePost(writer, now.id, { status: 'published' }, [1])
  const unscheduled = await scheduled(writer)
  await updatePost(writer, unscheduled.id, { publishAt: null }, [1])
  const trashed = await scheduled(writer)
  await deletePost(writer, trashed.id)
  await query(sql`UPDATE posts SET publish_at = now() - interval '1 second' WHERE publish_at IS NOT NULL`)
  expect(await publishDue()).toEqual([])
  await restorePost(writer, trashed.id)
  expect(await publishDue()).toEqual([])
  expect(await readPost(writer, trashed.id)).toMatchObject({ status: 'draft' })
  expect(await readPost(writer, unscheduled.id)).toMatchObject({ status: 'draft', version: 2 })
})

test('a time that has passed and a post that is published are refused, at the field', async ({ writer }) => {
  const refusal = { code: 'invalid', fields: [{ pointer: '/publishAt' }] }
  const past = new Date(Date.now() - 60_000)
  const post = await scheduled(writer)
  await expect(updatePost(writer, post.id, { publishAt: past }, [1])).rejects.toMatchObject(refusal)
  await updatePost(writer, post.id, { status: 'published' }, [1])
  await expect(updatePost(writer, post.id, { publishAt: SOON() }, [2])).rejects.toMatchObject(refusal)
  const input = newPost.parse({ title: 'New', content: '', status: 'published' })
  await expect(createPost(writer, { ...input, publishAt: SOON() }, null)).rejects.toMatchObject(refusal)
})
