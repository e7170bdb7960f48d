import { randomUUID } from 'node:crypto'
import { updatePost } from '@/lib/services/posts'
import { altOf, deleteUpload } from '@/lib/services/uploads'
import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { addPicture, answered, expect, hiddenFields, refusal, test, writePost } from '../fixtures/pages'

test.describe.configure({ timeout: 60_000 })

const coverOf = async (postId: string) => {
  const [row] = await query<{ cover: string | null }>(
    sql`SELECT cover_upload_id AS cover FROM posts WHERE id = ${postId}`,
  )
  return row?.cover
}

test('a post gets a cover, shows it, changes it and loses it', async ({ page, visitor, signedIn }) => {
  await addPicture(signedIn, 'first.png', 'A pier at dusk')
  const second = await addPicture(signedIn, 'second.png', 'A lamp')
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill(`Covered ${randomUUID()}`)
  await page.getByLabel('Cover').selectOption('first.png (320 × 200)')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Cover').locator('option:checked')).toHaveText('first.png (320 × 200)')
  await expect(page.getByRole('img', { name: 'Cover: first.png' })).toBeVisible()

  const address = (await page.getByRole('link', { name: 'View post' }).getAttribute('href')) ?? ''
  await visitor.goto(address)
  const image = visitor.getByRole('article').locator('img')
  await expect(image).toHaveAttribute('src', /\/first\.png$/)
  await expect(image).toHaveAttribute('alt', 'A pier at dusk')
  await expect(visitor.locator('meta[property="og:image:alt"]')).toHaveAttribute('content', 'A pier at dusk')
  // Its colours are behind it until it has come.
  await expect(visitor.getByRole('article').locator('svg[aria-hidden=true] rect')).toHaveCount(12)
  await expect(visitor.getByRole('article').locator('[style]')).toHaveCount(0)
  await expect(async () => {
    expect(await image.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth)).toBeGreaterThan(0)
  }).toPass()

  await page.getByLabel('Cover').selectOption('second.png (320 × 200)')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await visitor.goto(address)
  await expect(image).toHaveAttribute('src', second.url)

  await page.goto('/dashboard/uploads')
  const item = page.getByRole('listitem').filter({ hasText: 'second.png' })
  await expect(item.getByText(/^Cover of Covered/)).toBeVisible()
  await page.goBack()
  await page.getByLabel('Cover').selectOption('No cover')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await visitor.goto(address)
  await expect(visitor.getByRole('article')).toBeVisible()
  await expect(image).toHaveCount(0)
})

test('a post is published with a cover only once it is said what that shows', async ({
  page,
  visitor,
  signedIn,
}) => {
  const told = await addPicture(signedIn, 'told.png', 'A lamp')
  const silent = await addPicture(signedIn, 'silent.png')
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill(`Shown ${randomUUID()}`)
  await page.getByLabel('Cover').selectOption(silent.id)
  await page.getByRole('button', { name: 'Publish' }).click()
  const words = 'Nobody has said yet what this cover shows.'
  await expect(refusal(page)).toContainText(words)
  await expect(page.getByLabel('Cover')).toHaveAccessibleDescription(new RegExp(words))
  await expect(page.getByLabel('Cover')).toHaveValue(silent.id)
  // A draft may be without.
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)

  await page.getByLabel('Alt text').fill('A silent sea')
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await expect(page.getByLabel('Alt text')).toHaveValue('A silent sea')
  expect(await altOf(signedIn, silent.id)).toBe('A silent sea')
  await visitor.goto((await page.getByRole('link', { name: 'View post' }).getAttribute('href')) ?? '')
  await expect(visitor.getByRole('img', { name: 'A silent sea' })).toBeVisible()

  // Of another cover the words are its own, be they seen in the form before they are sent or not.
  await page.getByLabel('Cover').selectOption(told.id)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await expect(page.getByLabel('Alt text')).toHaveValue('A lamp')
  expect([await altOf(signedIn, silent.id), await altOf(signedIn, told.id)]).toEqual([
    'A silent sea',
    'A lamp',
  ])

  // Nor is a public post changed to one with a silent cover, or its own made silent and published again.
  const other = await addPicture(signedIn, 'other.png')
  await page.reload()
  await page.getByLabel('Cover').selectOption(other.id)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(refusal(page)).toContainText(words)
  await page.getByLabel('Alt text').fill('Another sea')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 4')).toBeVisible()
  expect([await altOf(signedIn, told.id), await altOf(signedIn, other.id)]).toEqual(['A lamp', 'Another sea'])
})

test('a cover that is public or scheduled keeps its words', async ({ page, signedIn }) => {
  const cover = await addPicture(signedIn, 'told.png', 'A lamp')
  const silent = await addPicture(signedIn, 'silent.png')
  const post = await writePost(signedIn, { title: 'Lit', status: 'published', coverUploadId: cover.id })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Title').fill('Lit again')
  await page.getByLabel('Alt text').fill('')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(refusal(page)).toContainText('It is the cover of “Lit”, which is published with these words.')
  await expect(page.getByLabel('Alt text')).toHaveAccessibleDescription(/It is the cover of “Lit”/)
  await expect(page.getByLabel('Title')).toHaveValue('Lit again')
  await page.goto('/dashboard/uploads')
  const item = page.getByRole('listitem').filter({ hasText: 'told.png' })
  await item.getByLabel('Alt text').fill('')
  await item.getByRole('button', { name: 'Save' }).click()
  await expect(item.getByRole('alert')).toContainText('It is the cover of “Lit”')
  expect(await altOf(signedIn, cover.id)).toBe('A lamp')

  // By itself a post is not published with a silent one either, also where that is chosen later.
  const draft = await writePost(signedIn, { title: 'Later', coverUploadId: cover.id })
  await updatePost(signedIn, draft.id, { publishAt: new Date(Date.now() + 86_400_000) }, null)
  await page.goto(`/dashboard/posts/${draft.id}`)
  await page.getByLabel('Cover').selectOption(silent.id)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(refusal(page)).toContainText('Nobody has said yet what this cover shows.')
  expect(await coverOf(draft.id)).toBe(cover.id)
  // What came of an import, say, waits when its time has come.
  await query(sql`UPDATE posts SET cover_upload_id = ${silent.id}, publish_at = now() WHERE id = ${draft.id}`)
  // The editor last: what was left of the refused form above is taken up there, by loading the page again.
  for (const path of ['/dashboard/posts', `/dashboard/posts/${draft.id}`]) {
    await page.goto(path)
    await expect(page.getByText('It waits for the Alt text of its cover.')).toBeVisible()
  }
})

test('a public cover from before it was to be described does not keep a post from being mended', async ({
  page,
  signedIn,
}) => {
  const { id } = await addPicture(signedIn, 'old.png')
  // As by the API, which publishes without.
  const post = await writePost(signedIn, { title: 'Old', status: 'published', coverUploadId: id })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Title').fill('Old, mended')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  expect(await coverOf(post.id)).toBe(id)
})

test('a refused form keeps the cover that was chosen', async ({ page, signedIn }) => {
  const { id } = await addPicture(signedIn, 'chosen.png')
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Content').fill('A text without a title.')
  await page.getByLabel('Cover').selectOption(id)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(refusal(page)).toContainText('Give the post a title.')
  await expect(page.getByLabel('Cover')).toHaveValue(id)
})

test('a cover that was deleted meanwhile is refused at its field, with the text still there', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  // Its preview is gone with it.
  expectedErrors.push(answered(404))
  const { id } = await addPicture(signedIn, 'gone.png')
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill('Still here')
  await page.getByLabel('Cover').selectOption(id)
  await deleteUpload(signedIn, id)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(refusal(page)).toContainText('This is not one of your uploads.')
  await expect(page.getByLabel('Cover')).toHaveAccessibleDescription(/This is not one of your uploads\./)
  await expect(page.getByLabel('Title')).toHaveValue('Still here')
  await page.getByLabel('Cover').selectOption('No cover')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
})

test('another’s picture is no cover', async ({ page, signedIn }) => {
  const theirs = await addPicture(await createPerson({ name: 'Bea' }), 'hers.png')
  const post = await writePost(signedIn, { title: 'Mine' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Cover').locator('option')).toHaveText(['No cover'])
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  const answer = await page.request.post(`/dashboard/posts/${post.id}`, {
    multipart: { ...fields, title: 'Mine', content: 'x', intent: 'save', coverUploadId: theirs.id },
    headers: { Origin: new URL(page.url()).origin },
  })
  expect(await answer.text()).toContain('This is not one of your uploads.')
  expect(await coverOf(post.id)).toBeNull()
})

test('a form from before there were covers leaves the cover as it is', async ({ page, signedIn }) => {
  const { id } = await addPicture(signedIn, 'kept.png')
  const post = await writePost(signedIn, { title: 'Mine', coverUploadId: id })
  await page.goto(`/dashboard/posts/${post.id}`)
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  const answer = await page.request.post(`/dashboard/posts/${post.id}`, {
    multipart: { ...fields, title: 'Changed', content: 'x', intent: 'save' },
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  expect(await coverOf(post.id)).toBe(id)
})
