import { updatePost } from '@/lib/services/posts'
import { altOf } from '@/lib/services/uploads'
import { query, sql } from '@/lib/sql'
import { addPicture, expect, hiddenFields, refusal, test, writePost } from '../fixtures/pages'

/** What a cover shows is saved with the post, or not at all. */

test('a post that was saved elsewhere leaves what its cover shows as it was, until it is saved after all', async ({
  page,
  signedIn,
}) => {
  const cover = await addPicture(signedIn, 'lamp.png', 'A lamp')
  const post = await writePost(signedIn, { title: 'Lit', content: 'One.', coverUploadId: cover.id })
  await page.goto(`/dashboard/posts/${post.id}`)
  await updatePost(signedIn, post.id, { content: 'One, elsewhere.' }, [1])
  await page.getByLabel('Content').fill('One, here.')
  await page.getByLabel('Alt text').fill('A lamp at dusk')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(refusal(page)).toContainText('and not saved')
  await expect(page.getByLabel('Alt text')).toHaveValue('A lamp at dusk')
  expect(await altOf(signedIn, cover.id)).toBe('A lamp')

  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await expect(page.getByLabel('Alt text')).toHaveValue('A lamp at dusk')
  expect(await altOf(signedIn, cover.id)).toBe('A lamp at dusk')
})

test('a post that is refused leaves what its cover shows as it was', async ({ page, signedIn }) => {
  const cover = await addPicture(signedIn, 'lamp.png', 'A lamp')
  const other = await writePost(signedIn, { title: 'The other' })
  for (const [path, saved] of [
    ['/dashboard/posts/new', 'Version 1'],
    [`/dashboard/posts/${other.id}`, 'Version 2'],
  ] as const) {
    const taken = await writePost(signedIn, { title: 'Taken' })
    await page.goto(path)
    await page.getByLabel('Title').fill('A title')
    await page.getByLabel('Cover').selectOption(cover.id)
    await page.getByLabel('Alt text').fill('A lamp at dusk')
    await page.getByLabel('Address').fill(taken.slug)
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(refusal(page)).toContainText('the address of another post')
    await expect(page.getByLabel('Alt text')).toHaveValue('A lamp at dusk')
    expect(await altOf(signedIn, cover.id), path).toBe('A lamp')
    await page.getByLabel('Address').fill('')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByText(saved)).toBeVisible()
    expect(await altOf(signedIn, cover.id), path).toBe('A lamp at dusk')
    await query(sql`UPDATE uploads SET alt = 'A lamp' WHERE id = ${cover.id}`)
  }
})

test('a form with a described cover, sent again, reaches the same post, and another picture’s words stay its own', async ({
  page,
  signedIn,
}) => {
  const cover = await addPicture(signedIn, 'lamp.png')
  await page.goto('/dashboard/posts/new')
  const made = {
    ...(await hiddenFields(page.locator('form:has([name=content])'))),
    ...{ title: 'Sent twice', intent: 'save', coverUploadId: cover.id, coverAlt: 'A lamp' },
  }
  const send = (path: string, multipart: Record<string, string>) =>
    page.request.post(path, {
      multipart,
      headers: { Origin: new URL(page.url()).origin },
      maxRedirects: 0,
    })
  const addresses = []
  for (const _ of [1, 2]) addresses.push((await send('/dashboard/posts/new', made)).headers().location)
  expect(addresses[0]).toMatch(/[\w-]{36}$/)
  expect(addresses[1]).toBe(addresses[0])
  expect(await altOf(signedIn, cover.id)).toBe('A lamp')
  expect(await query(sql`SELECT FROM posts WHERE author_id = ${signedIn.userId}`)).toHaveLength(1)

  // By now the post has another cover. What is said here is of the one that the form shows.
  const postId = addresses[0]?.slice(-36) ?? ''
  await page.goto(`/dashboard/posts/${postId}`)
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  const other = await addPicture(signedIn, 'pier.png', 'A pier')
  await updatePost(signedIn, postId, { coverUploadId: other.id }, [1])
  const changed = {
    ...{ ...fields, title: 'Sent twice', content: '', intent: 'save' },
    ...{ coverUploadId: cover.id, coverAlt: 'A lamp at dusk', tags: '', slug: fields.slugBefore ?? '' },
  }
  for (const _ of [1, 2]) expect((await send(`/dashboard/posts/${postId}`, changed)).status()).toBe(303)
  expect([await altOf(signedIn, cover.id), await altOf(signedIn, other.id)]).toEqual([
    'A lamp at dusk',
    'A pier',
  ])
  expect(await query(sql`SELECT version, cover_upload_id AS cover FROM posts WHERE id = ${postId}`)).toEqual([
    { version: 3, cover: other.id },
  ])
})

test('asked of a public post, the model changes nothing of it, nor what its cover shows', async ({
  page,
  signedIn,
}) => {
  const cover = await addPicture(signedIn, 'lamp.png', 'A lamp')
  const post = await writePost(signedIn, { title: 'Lit', status: 'published', coverUploadId: cover.id })
  await page.goto(`/dashboard/posts/${post.id}`)
  const answer = await page.request.post(`/dashboard/posts/${post.id}`, {
    multipart: {
      ...(await hiddenFields(page.locator('form:has([name=content])'))),
      ...{ title: 'Lit', content: 'Typed.', intent: 'generate-titles', coverUploadId: cover.id },
      coverAlt: 'A lamp at dusk',
    },
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  expect(answer.headers().location).toMatch(/^\/dashboard\/generations\//)
  expect(await altOf(signedIn, cover.id)).toBe('A lamp')
  expect(
    await query(sql`SELECT fields->>'coverAlt' AS alt FROM post_drafts WHERE post_id = ${post.id}`),
  ).toEqual([{ alt: 'A lamp at dusk' }])
})
