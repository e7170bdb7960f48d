import { expect, test } from '@/e2e/fixtures/own-database'
import { pictureOf } from '@/e2e/fixtures/picture-row'
import { newPost } from '@/lib/schemas/posts'
import {
  createPost,
  deletePost,
  publishDue,
  readDetails,
  restorePost,
  scheduledTimes,
  updatePost,
} from '@/lib/services/posts'
import { readPost } from '@/lib/services/posts/read'
import { describeUpload } from '@/lib/services/uploads'
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

test('what is scheduled has no cover of which nobody has said what it shows', async ({ writer }) => {
  const refusal = { code: 'invalid', fields: [{ pointer: '/coverUploadId' }] }
  const [silent, told] = [await pictureOf(writer, ''), await pictureOf(writer, 'A pier')]
  const input = {
    ...newPost.parse({ title: 'Shown', content: '', coverUploadId: silent }),
    publishAt: SOON(),
  }
  await expect(createPost(writer, input, null)).rejects.toMatchObject(refusal)
  const { id } = await createPost(writer, { ...input, publishAt: null }, null)
  await expect(updatePost(writer, id, { publishAt: SOON() }, null)).rejects.toMatchObject(refusal)
  await updatePost(writer, id, { publishAt: SOON(), coverUploadId: told }, null)
  await expect(updatePost(writer, id, { coverUploadId: silent }, null)).rejects.toMatchObject(refusal)
  // Nor are the words taken from it, as long as it waits or is public.
  await expect(describeUpload(writer, told, '')).rejects.toMatchObject({ fields: [{ pointer: '/alt' }] })
  await updatePost(writer, id, { status: 'published' }, null)
  await expect(describeUpload(writer, told, '')).rejects.toMatchObject({ code: 'invalid' })
  await updatePost(writer, id, { status: 'draft' }, null)
  await describeUpload(writer, told, '')
  // A program that publishes by itself has nobody to ask.
  expect(await updatePost(writer, id, { status: 'published' }, null)).toMatchObject({ coverUploadId: told })
})

test('what is due with a silent cover all the same waits for its words, and says so', async ({ writer }) => {
  const { id } = await scheduled(writer)
  const cover = await pictureOf(writer, '')
  // As an import leaves it.
  await query(sql`UPDATE posts SET cover_upload_id = ${cover} WHERE id = ${id}`)
  expect(await readDetails(writer, id)).toMatchObject({ heldBack: false })
  await letItsTimeCome(id)
  expect(await publishDue()).toEqual([])
  expect(await readDetails(writer, id)).toMatchObject({ heldBack: true })
  expect((await scheduledTimes(writer, [{ id }])).get(id)).toMatchObject({ heldBack: true })
  await describeUpload(writer, cover, 'A pier')
  expect(await publishDue()).toEqual([id])
})
