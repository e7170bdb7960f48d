import { expect, test } from '@/e2e/fixtures/own-database'
import { pictureOf } from '@/e2e/fixtures/picture-row'
import { newPost } from '@/lib/schemas/posts'
import { createPost, updatePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'

// The database is the worker’s, and may hold what an earlier test has left.
test.beforeEach(() => query(sql`DELETE FROM posts`))

test('covers that posts exchange, and are described anew with that, never wait for each other', async ({
  writer,
}) => {
  const covers = [await pictureOf(writer, 'A pier'), await pictureOf(writer, 'A lamp')]
  const posts = await Promise.all(
    covers.map((coverUploadId, at) =>
      createPost(writer, { ...newPost.parse({ title: `Post ${at}`, content: '' }), coverUploadId }, null),
    ),
  )
  for (let round = 0; round < 60; round++) {
    const saved = await Promise.allSettled(
      posts.map(({ id }, at) => {
        const cover = covers[(at + round + 1) % 2] ?? ''
        return updatePost(
          writer,
          id,
          { coverUploadId: cover, described: { id: cover, alt: `What it shows, ${round}` } },
          null,
        )
      }),
    )
    expect(saved.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  }
  const alts = await query<{ alt: string }>(sql`SELECT alt FROM uploads WHERE id = ANY (${covers}::uuid[])`)
  expect(alts.map(({ alt }) => alt)).toEqual(['What it shows, 59', 'What it shows, 59'])
})
