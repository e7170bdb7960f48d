import { newId } from '@/lib/ids'
import { deletePost, keepDraft, purgeTrash, updatePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { addPicture, writePost } from '../fixtures/pages'
import { expect, test } from '../fixtures/test'

test('after thirty days it goes, with the pictures that nothing else uses', async ({ writer }) => {
  const other = await createPerson()
  const names = [
    ...(['cover', 'once', 'shown', 'earlier', 'both', 'history', 'drafted', 'chosen'] as const),
    ...(['anothers', 'unused'] as const),
  ]
  const pictures = await Promise.all(
    names.map(
      async (name) => [name, await addPicture(name === 'anothers' ? other : writer, `${name}.png`)] as const,
    ),
  )
  const of = Object.fromEntries(pictures)
  const show = (...shown: string[]) => shown.map((name) => `![](${of[name]?.url})`).join('\n\n')
  const post = await writePost(writer, {
    title: 'Old',
    content: show('earlier'),
    coverUploadId: of.once?.id ?? '',
  })
  await updatePost(writer, post.id, { coverUploadId: of.history?.id ?? '' }, null)
  await updatePost(writer, post.id, { coverUploadId: of.cover?.id ?? '' }, null)
  // Of a post that stays, one that was its cover once can be restored with the version.
  const lives = await writePost(writer, { title: 'Lives', coverUploadId: of.history?.id ?? '' })
  await updatePost(writer, lives.id, { coverUploadId: null }, null)
  await updatePost(writer, post.id, { content: show('shown', 'both', 'drafted', 'chosen', 'anothers') }, null)
  await writePost(writer, { title: 'Kept', content: show('both') })
  const draft = { id: newId(), sitting: newId(), revision: 0, postId: null, base: 0 }
  await keepDraft(writer, {
    ...draft,
    fields: { content: show('drafted'), coverUploadId: of.chosen?.id ?? '' },
  })
  await deletePost(writer, post.id)

  await age(post.id, '29 days')
  await purgeAll()
  expect(await countOf(post.id)).toBe(1)
  await age(post.id, '31 days')
  await purgeAll()
  expect(await countOf(post.id)).toBe(0)
  const left = await query<{ filename: string }>(
    sql`SELECT filename FROM uploads WHERE owner_id = ANY (${[writer.userId, other.userId]}::uuid[])`,
  )
  expect(left.map(({ filename }) => filename).sort()).toEqual([
    'anothers.png',
    'both.png',
    'chosen.png',
    'drafted.png',
    'history.png',
    'unused.png',
  ])
})

/** The product itself may be at it just now, holding the rows: what it has not done by now is done here. */
async function purgeAll(): Promise<void> {
  while ((await purgeTrash()) > 0);
}

function age(id: string, by: string) {
  return query(sql`UPDATE posts SET deleted_at = now() - ${by}::interval WHERE id = ${id}`)
}

async function countOf(id: string): Promise<number> {
  const rows = await query(sql`SELECT FROM posts WHERE id = ${id}`)
  return rows.length
}
