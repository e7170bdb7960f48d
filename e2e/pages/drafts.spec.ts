import { newId } from '@/lib/ids'
import { dropDraft, keepDraft, newDrafts, updatePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { draftsOf, keep } from '../fixtures/drafts'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson } from '../fixtures/factories'
import { expect, test, writePost } from '../fixtures/pages'

/**
 * What was typed and not saved, when the post is opened again. What happens elsewhere meanwhile is in `drafts-elsewhere`;
 * how it is kept while it is typed, in `drafts.scripted`.
 */

test('what was typed and not saved is there when the post is opened again, until it is saved', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  await keep(signedIn, post.id, { title: 'Typed', content: 'Typed.', excerpt: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByText('This is what you typed and did not save')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('Typed.')
  await expect(page.getByLabel('Title')).toHaveValue('Typed')
  await page.getByRole('link', { name: 'See what is saved' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('Saved.')
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await expect(page.getByText('This is what you typed')).toHaveCount(0)
  await expect(page.getByLabel('Content')).toHaveValue('Typed.')
  expect(await draftsOf(signedIn)).toEqual([])
})

test('a draft of a version that is no more the last one is offered, and meets it when it is saved', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'One.' })
  await keep(signedIn, post.id, { title: 'Saved', content: 'One, typed.', excerpt: '' })
  await query(sql`UPDATE posts SET version = 2, content = 'Two.' WHERE id = ${post.id}`)
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Content')).toHaveValue('Two.')
  await page.getByRole('link', { name: 'What you changed in version 1' }).click()
  await expect(page.getByText('This is what you typed and did not save')).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('region', { name: 'The other version' })).toContainText('Two.')
  await expect(page.getByLabel('Content')).toHaveValue('One, typed.')
})

test('what was restored or saved after all is shown, and not what was typed before it', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'One.' })
  await updatePost(signedIn, post.id, { content: 'Two.' }, [1])
  await keep(signedIn, post.id, { title: 'Ours', content: 'Given up.', excerpt: '' }, 2)
  await page.goto(`/dashboard/posts/${post.id}/history`)
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('One.')
  await page.goto(`/dashboard/posts/${post.id}?saved=1`)
  await page.getByLabel('Content').fill('One, more.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 4')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('One, more.')
  await page.getByRole('link', { name: 'What you changed in version 2' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('Given up.')
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('One, more.')
  await expect(page.getByText('Typed here and not saved')).toHaveCount(0)
})

test('a draft is discarded when its writer says so', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  await keep(signedIn, post.id, { title: 'Saved', content: 'Typed.', excerpt: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('Saved.')
  expect(await draftsOf(signedIn)).toEqual([])
})

test('what was typed at a new post is offered, to its writer alone', async ({ page, visitor, signedIn }) => {
  const { id } = await keep(signedIn, null, { title: 'Half a thought', content: 'It was', excerpt: '' }, 0)
  await page.goto('/dashboard/posts/new')
  await page.getByRole('link', { name: 'Half a thought' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('It was')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  expect(await draftsOf(signedIn)).toEqual([])

  const secret = await keep(signedIn, null, { title: 'Mine', content: 'Mine alone.', excerpt: '' }, 0)
  const other = await createPerson()
  const { name, value } = await createCookieFor(other)
  await visitor.context().addCookies([{ name, value, url: PRODUCT.url }])
  await visitor.goto(`/dashboard/posts/new?draft=${secret.id}`)
  await expect(visitor.getByLabel('Content')).toHaveValue('')
  // Nor can the other write over it.
  const elsewhere = await keepDraft(other, {
    ...{ id: secret.id, sitting: newId(), revision: secret.revision, postId: null, base: 0 },
    fields: { content: 'Overwritten.' },
  })
  expect(elsewhere.id).not.toBe(secret.id)
  expect(await newDrafts(signedIn)).toMatchObject([{ id: secret.id, fields: { content: 'Mine alone.' } }])
  expect(id).not.toBe(secret.id)
})

test('two sittings at one post keep a draft each', async ({ signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved' })
  const [one, two] = [newId(), newId()]
  const at = (sitting: string, id: string, revision: number, content: string) =>
    keepDraft(signedIn, { id, sitting, revision, postId: post.id, base: 1, fields: { content } })
  const first = await at(one, newId(), 0, 'one')
  // The other has opened the post when this much was kept, and so goes on with it.
  const taken = await at(two, first.id, first.revision, 'two')
  expect(taken).toEqual({ id: first.id, revision: 2 })
  // The first does not know of it.
  const parted = await at(one, first.id, first.revision, 'one more')
  expect(parted.id).not.toBe(first.id)
  // Sent again for want of an answer, nothing is kept twice.
  expect((await at(two, first.id, 1, 'two more')).id).toBe(first.id)
  const contents = async () => (await draftsOf(signedIn)).map(({ fields }) => fields.content).sort()
  expect(await contents()).toEqual(['one more', 'two more'])
  // The first saves what it had kept at the beginning, and knows nothing of what is there by now.
  await dropDraft(signedIn, { ...first, sitting: one })
  expect(await contents()).toEqual(['one more', 'two more'])
  await dropDraft(await createPerson(), { id: first.id, sitting: two, revision: 3 })
  expect(await contents()).toEqual(['one more', 'two more'])
  await dropDraft(signedIn, { id: first.id, sitting: two, revision: 0 })
  expect(await contents()).toEqual(['one more'])
})

test('a draft that changes the tags alone is shown again', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  const words = { title: 'Saved', content: 'Saved.', excerpt: '' }
  await keep(signedIn, post.id, { ...words, tags: '', slug: post.slug, coverUploadId: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByText('This is what you typed')).toHaveCount(0)
  await keep(signedIn, post.id, { ...words, tags: 'Sea', slug: post.slug, coverUploadId: '' })
  await page.reload()
  await expect(page.getByLabel('Tags')).toHaveValue('Sea')
})
