import { expect, test } from '@/e2e/fixtures/own-database'
import { pictureOf } from '@/e2e/fixtures/picture-row'
import { newId } from '@/lib/ids'
import { type NewPost, newPost, type PostExtras } from '@/lib/schemas/posts'
import {
  createPost,
  publishDue,
  readDetails,
  readVersion,
  restoreVersion,
  updatePost,
} from '@/lib/services/posts'
import { insertImported } from '@/lib/services/posts/import'
import { movedTo, readPost } from '@/lib/services/posts/read'
import { deleteUpload } from '@/lib/services/uploads'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql, transaction } from '@/lib/sql'

// The database is the worker’s, and may hold what an earlier test has left.
test.beforeEach(() => query(sql`DELETE FROM posts`))

const write = (writer: Viewer, title: string, more: Partial<NewPost & PostExtras> = {}) =>
  createPost(writer, { ...newPost.parse({ title, content: `${title}.` }), ...more }, null)

test('whatever makes a version keeps tags, cover and address with the words', async ({ writer }) => {
  const cover = await pictureOf(writer, 'A pier')
  const { id } = await write(writer, 'Kept', { tags: ['Sea'], coverUploadId: cover, slug: 'kept' })
  await updatePost(writer, id, { slug: 'kept-elsewhere', tags: ['Sea', 'Salt'] }, null)
  await updatePost(writer, id, { publishAt: new Date(Date.now() + 3_600_000) }, null)
  await query(sql`UPDATE posts SET publish_at = now() WHERE id = ${id}`)
  expect(await publishDue()).toEqual([id])
  await deleteUpload(writer, cover)
  const versions = await Promise.all([1, 2, 3, 4, 5].map((version) => readVersion(writer, id, version)))
  const gone = { id: cover, filename: null }
  const later = { tags: ['Sea', 'Salt'], slug: 'kept-elsewhere', cover: gone }
  expect(versions.map(({ details }) => details)).toEqual([
    { tags: ['Sea'], slug: 'kept', cover: gone },
    ...[later, later, later],
    { ...later, cover: null },
  ])

  const imported = newId()
  const words = { title: 'Brought', content: '', excerpt: '', tags: ['Old'], keys: ['old'] }
  const dates = { createdAt: null, updatedAt: null, publishedAt: null, publishAt: null }
  const other = await pictureOf(writer, '', 'old.png')
  await transaction((run) =>
    insertImported(run, writer, imported, {
      ...{ ...words, ...dates, slug: 'brought', status: 'draft', coverUploadId: other },
      ...{ trashed: false, formerSlugs: [] },
    }),
  )
  expect((await readVersion(writer, imported, 1)).details).toEqual({
    ...{ tags: ['Old'], slug: 'brought', cover: { id: other, filename: 'old.png' } },
  })
})

test('restoring brings back what stood beside the words, and addresses go on leading to the post', async ({
  writer,
}) => {
  const [first, second] = [await pictureOf(writer, 'A pier'), await pictureOf(writer, 'A lamp')]
  const { id } = await write(writer, 'One', {
    ...{ tags: ['Sea'], coverUploadId: first, slug: 'first', status: 'published' },
  })
  await updatePost(
    writer,
    id,
    { title: 'Two', tags: ['Lamps'], coverUploadId: second, slug: 'second', excerpt: 'More.' },
    null,
  )
  expect(await movedTo('first')).toBe('second')
  const restore = () => restoreVersion(writer, id, 1, 2)
  // Sent again for want of an answer, it is one version.
  for (const { post, leftOut } of [await restore(), await restore()]) {
    expect(leftOut).toEqual([])
    expect(post).toMatchObject({ title: 'One', excerpt: '', slug: 'first', coverUploadId: first, version: 3 })
  }
  expect((await readDetails(writer, id)).tags).toEqual(['Sea'])
  expect([await movedTo('first'), await movedTo('second')]).toEqual([null, 'first'])
  // And back again, also to none of it.
  await updatePost(writer, id, { tags: [], coverUploadId: null }, null)
  await restoreVersion(writer, id, 2, 4)
  expect((await restoreVersion(writer, id, 4, 5)).post).toMatchObject({ slug: 'first', coverUploadId: null })
  expect((await readDetails(writer, id)).tags).toEqual([])
  expect(await movedTo('second')).toBe('first')
})

test('a cover that is gone is left out, and so is a silent one where it would be shown at once', async ({
  writer,
}) => {
  const [gone, silent] = [await pictureOf(writer, 'A pier'), await pictureOf(writer, '')]
  const { id } = await write(writer, 'One', { coverUploadId: gone })
  await updatePost(writer, id, { coverUploadId: silent }, null)
  await deleteUpload(writer, gone)
  expect(await restoreVersion(writer, id, 1, 2)).toMatchObject({
    ...{ leftOut: ['cover-gone'], post: { title: 'One', coverUploadId: null } },
  })
  // A draft may have it.
  expect(await restoreVersion(writer, id, 2, 3)).toMatchObject({
    leftOut: [],
    post: { coverUploadId: silent },
  })
  await updatePost(writer, id, { coverUploadId: null, publishAt: new Date(Date.now() + 3_600_000) }, null)
  expect(await restoreVersion(writer, id, 2, 5)).toMatchObject({ leftOut: ['cover-silent'] })
  await updatePost(writer, id, { status: 'published' }, null)
  const left = { leftOut: ['cover-silent'], post: { coverUploadId: null, version: 8 } }
  for (const _ of [1, 2]) expect(await restoreVersion(writer, id, 2, 7)).toMatchObject(left)
  // One that is shown already, as the API has it, stays.
  await updatePost(writer, id, { coverUploadId: silent }, null)
  expect(await restoreVersion(writer, id, 2, 9)).toMatchObject({
    ...{ leftOut: [], post: { coverUploadId: silent } },
  })
})

test('an address that is or was another’s is left out: the post keeps its own, whatever its title', async ({
  writer,
}) => {
  const { id } = await write(writer, 'One')
  await updatePost(writer, id, { title: 'Two' }, null)
  expect((await readPost(writer, id)).slug).toBe('two')
  const other = await write(writer, 'One', { slug: 'one', status: 'published' })
  const left = { leftOut: ['address-taken'], post: { title: 'One', slug: 'two', version: 3 } }
  for (const _ of [1, 2]) expect(await restoreVersion(writer, id, 1, 2)).toMatchObject(left)
  await updatePost(writer, other.id, { slug: 'moved' }, null)
  expect(await restoreVersion(writer, id, 1, 3)).toMatchObject({ leftOut: ['address-taken'] })
  expect(await movedTo('one')).toBe('moved')
  // An address that it has in common with the present one stays, where the title would lead to another.
  const kept = await write(writer, 'Bread', { slug: 'rolls' })
  await updatePost(writer, kept.id, { title: 'Rolls' }, null)
  expect((await restoreVersion(writer, kept.id, 1, 2)).post).toMatchObject({ title: 'Bread', slug: 'rolls' })
})

test('an address that is taken in the moment of restoring is left out', async ({ writer }) => {
  const { id } = await write(writer, 'One')
  await updatePost(writer, id, { slug: 'two' }, null)
  const other = await write(writer, 'Other')
  const { restored } = await transaction(async (taking) => {
    await taking(sql`UPDATE posts SET slug = 'one' WHERE id = ${other.id}`)
    const restored = restoreVersion(writer, id, 1, 2)
    await expect
      .poll(() =>
        query(
          sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      )
      .toHaveLength(1)
    return { restored }
  })
  expect(await restored).toMatchObject({ leftOut: ['address-taken'], post: { slug: 'two', version: 3 } })
})

test('of a version from before they were kept, the words come back and the rest stays', async ({
  writer,
}) => {
  const cover = await pictureOf(writer, 'A pier')
  const { id } = await write(writer, 'One', { slug: 'first' })
  // As an instance from before has written it.
  await query(
    sql`UPDATE post_versions SET slug = NULL, tags = '{}', cover_upload_id = NULL WHERE post_id = ${id}`,
  )
  await updatePost(writer, id, { title: 'Two', tags: ['Sea'], coverUploadId: cover, slug: 'second' }, null)
  expect(await readVersion(writer, id, 1)).toMatchObject({ title: 'One', details: null })
  expect(await restoreVersion(writer, id, 1, 2)).toMatchObject({
    ...{ leftOut: [], post: { title: 'One', slug: 'second', coverUploadId: cover } },
  })
  expect((await readDetails(writer, id)).tags).toEqual(['Sea'])
})
