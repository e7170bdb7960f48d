import { expect, test } from '@/e2e/fixtures/own-database'
import { AppError } from '@/lib/errors'
import { newPost, type PostExtras, type PostPatch } from '@/lib/schemas/posts'
import { createPost, updatePost } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql, transaction } from '@/lib/sql'

type Change = PostPatch & PostExtras

// The database is the worker’s, and may hold what an earlier test has left.
test.beforeEach(() => query(sql`DELETE FROM posts`))

/** A post of this writer's, and what its address becomes after each of these changes. */
async function addresses(writer: Viewer, title: string, ...changes: Change[]): Promise<string[]> {
  const made = await createPost(writer, newPost.parse({ title, content: '' }), null)
  const slugs = [made.slug]
  for (const change of changes) slugs.push((await updatePost(writer, made.id, change, null)).slug)
  return slugs
}

const former = () =>
  query<{ slug: string; now: string }>(
    sql`SELECT f.slug, p.slug AS now FROM former_slugs f JOIN posts p ON p.id = post_id ORDER BY 1`,
  )

const followed: { name: string; changes: Change[]; slugs: string[] }[] = [
  { name: 'follows the title', changes: [{ title: 'Two' }], slugs: ['one', 'two'] },
  {
    name: 'that was typed stays',
    changes: [{ slug: 'mine' }, { title: 'Two', slug: 'mine' }],
    slugs: ['one', 'mine', 'mine'],
  },
  {
    name: 'that was typed and emptied again follows the title',
    changes: [{ slug: 'mine' }, { slug: '' }, { title: 'Two', slug: '' }],
    slugs: ['one', 'mine', 'one', 'two'],
  },
  {
    name: 'that has been public stays',
    changes: [{ status: 'published' }, { status: 'draft' }, { title: 'Two', slug: 'one' }],
    slugs: ['one', 'one', 'one', 'one'],
  },
  {
    name: 'that is emptied once public is made of the title',
    changes: [{ status: 'published', slug: 'mine' }, { slug: '' }, { slug: '' }],
    slugs: ['one', 'mine', 'one', 'one'],
  },
]
for (const { name, changes, slugs } of followed) {
  test(`an address ${name}`, async ({ writer }) => {
    expect(await addresses(writer, 'One', ...changes)).toEqual(slugs)
  })
}

test('a public address that is changed leads on, may be taken back, and is nobody else’s', async ({
  writer,
}) => {
  await addresses(writer, 'Draft', { slug: 'never-public' }, { slug: 'still-draft' })
  expect(await former()).toEqual([])

  const post = await createPost(
    writer,
    newPost.parse({ title: 'First', content: '', status: 'published' }),
    null,
  )
  await updatePost(writer, post.id, { slug: 'second' }, [1])
  await updatePost(writer, post.id, { slug: 'third', status: 'draft' }, [2])
  expect(await former()).toEqual([
    { slug: 'first', now: 'third' },
    { slug: 'second', now: 'third' },
  ])

  const other = await createPost(writer, newPost.parse({ title: 'First', content: '' }), null)
  expect(other.slug).toMatch(/^first-[\da-f]{6}$/)
  expect((await updatePost(writer, other.id, { title: 'Second' }, null)).slug).toMatch(/^second-[\da-f]{6}$/)
  for (const slug of ['third', 'second']) {
    const refused = await Promise.allSettled([
      updatePost(writer, other.id, { slug }, null),
      createPost(writer, { ...newPost.parse({ title: 'New', content: '' }), slug }, null),
    ])
    for (const each of refused) {
      const error: unknown = each.status === 'rejected' ? each.reason : null
      expect(error).toBeInstanceOf(AppError)
      expect((error as AppError).fields[0]).toMatchObject({ pointer: '/slug' })
    }
  }

  expect((await updatePost(writer, post.id, { slug: 'first' }, [3])).slug).toBe('first')
  expect(await former()).toEqual([
    { slug: 'second', now: 'first' },
    { slug: 'third', now: 'first' },
  ])
  const stale = updatePost(writer, post.id, { slug: 'fourth' }, [3])
  await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' })
  expect((await former()).map(({ slug }) => slug)).toEqual(['second', 'third'])
})

test('an address that is just being left is taken by nobody before it is known to lead on', async ({
  writer,
}) => {
  const write = (title: string, status: 'draft' | 'published') =>
    createPost(writer, newPost.parse({ title, content: '', status }), null)
  const left = await write('First', 'published')
  const other = await write('Other', 'draft')
  const { moved, taken } = await transaction(async (leaving) => {
    await leaving(sql`UPDATE posts SET slug = 'second' WHERE id = ${left.id}`)
    await leaving(sql`INSERT INTO former_slugs (slug, post_id) VALUES ('first', ${left.id})`)
    const moved = updatePost(writer, other.id, { slug: 'first' }, null).catch((error: unknown) => error)
    const taken = write('First', 'draft')
    // Both wait for what is not done yet.
    await expect
      .poll(() =>
        query(
          sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      )
      .toHaveLength(2)
    return { moved, taken }
  })
  expect(await moved).toMatchObject({ code: 'invalid', fields: [{ pointer: '/slug' }] })
  expect((await taken).slug).toMatch(/^first-[\da-f]{6}$/)
})
