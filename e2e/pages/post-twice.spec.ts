import { updatePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { expect, hiddenFields, openAs, refusal, test, writePost } from '../fixtures/pages'

const countOf = async (userId: string) =>
  (await query(sql`SELECT FROM posts WHERE author_id = ${userId}`)).length

test('a double click on Save draft makes one post', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill('Clicked twice')
  await page.getByRole('button', { name: 'Save draft' }).dblclick()
  // Not waited for as one navigation: without JavaScript the second click breaks off that of the first.
  await expect(page).toHaveURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Title')).toHaveValue('Clicked twice')
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('the same form sent again, as a browser does on a lost answer, reaches the same post', async ({
  page,
  signedIn,
}) => {
  await page.goto('/dashboard/posts/new')
  const sent = {
    ...(await hiddenFields(page.locator('form:has([name=content])'))),
    title: 'Sent twice',
    intent: 'save',
  }
  const addresses = []
  for (const _ of [1, 2]) {
    const answer = await page.request.post('/dashboard/posts/new', {
      multipart: sent,
      headers: { Origin: new URL(page.url()).origin },
      maxRedirects: 0,
    })
    expect(answer.status()).toBe(303)
    addresses.push(answer.headers().location)
  }
  expect(addresses[0]).toBe(addresses[1])
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('the form of a post that is there, sent again, is one version and no collision', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'At first.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  const send = (more: object) =>
    page.request.post(page.url(), {
      multipart: { ...fields, title: 'Ours', content: 'Changed.', tags: 'Sea, Bread', slug: '', ...more },
      headers: { Origin: new URL(page.url()).origin },
      maxRedirects: 0,
    })
  const schedule = { intent: 'schedule', publishAt: '2099-01-01T09:00', version: '2', base: '2' }
  for (const more of [{ intent: 'save' }, { intent: 'save' }, schedule, schedule])
    expect((await send(more)).status()).toBe(303)
  const [saved] = await query(sql`SELECT version, content, tags FROM posts WHERE id = ${post.id}`)
  // The time is a change of its own, of words that are the same.
  expect(saved).toEqual({ version: 3, content: 'Changed.', tags: ['Sea', 'Bread'] })
})

test('what was changed beside the words is no collision, but that a draft is public by now is told', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'At first.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await updatePost(signedIn, post.id, { tags: ['Sea'] }, [1])
  await page.getByLabel('Content').fill('Mine.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await expect(page.getByLabel('Tags')).toHaveValue('Sea')

  await updatePost(signedIn, post.id, { status: 'published' }, [3])
  await page.getByLabel('Content').fill('Not for everybody.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(refusal(page)).toContainText('It was published since you opened it.')
  expect(await query(sql`SELECT content FROM posts WHERE id = ${post.id}`)).toEqual([{ content: 'Mine.' }])
  await page.getByRole('button', { name: /^Save (draft|changes)$/ }).click()
  await expect(page.getByText('Version 5')).toBeVisible()
})

test('two on one post: the second is told, and keeps what was typed', async ({ page, browser, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'At first.' })
  const other = await openAs(browser, signedIn)
  for (const each of [page, other]) await each.goto(`/dashboard/posts/${post.id}`)

  await other.getByLabel('Content').fill('The other one was faster.')
  await other.getByRole('button', { name: 'Save draft' }).click()
  await expect(other.getByText('Version 2')).toBeVisible()

  await page.getByLabel('Title').fill('Mine')
  await page.getByLabel('Content').fill('I was slower.')
  // Looking at it is not being told of the other version.
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('I was slower.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(refusal(page)).toContainText('It was saved elsewhere since you opened it.')
  await expect(page.getByLabel('Title')).toHaveValue('Mine')
  await expect(page.getByLabel('Content')).toHaveValue('I was slower.')
  const [saved] = await query(sql`SELECT title, content, version FROM posts WHERE id = ${post.id}`)
  expect(saved).toEqual({ title: 'Ours', content: 'The other one was faster.', version: 2 })

  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await expect(refusal(page)).toHaveCount(0)
  await expect(page.getByLabel('Content')).toHaveValue('I was slower.')
  await other.context().close()
})

test('two on one post: what both wrote is put together, and saved when it has been looked over', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Bread', content: 'Flour.\n\nWater.\n\nSalt.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const elsewhere = { title: 'Good bread', content: 'Flour.\n\nWarm water.\n\nSalt.\n\nTime.' }
  await updatePost(signedIn, post.id, elsewhere, [1])

  await page.getByLabel('Content').fill('Rye flour.\n\nCold water.\n\nSalt.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  const theirs = page.getByRole('region', { name: 'The other version' })
  await expect(theirs).toContainText('Good bread')
  await expect(theirs.getByRole('region', { name: 'Their text' })).toContainText('Warm water.')
  await theirs.getByRole('button', { name: 'Put both together' }).click()

  await expect(refusal(page)).toContainText('One place was changed by both: look for <<<<<<<')
  await expect(page.getByLabel('Title')).toHaveValue('Good bread')
  await expect(page.getByLabel('Content')).toHaveValue(
    'Rye flour.\n\n<<<<<<< yours\nCold water.\n=======\nWarm water.\n>>>>>>> theirs\n\nSalt.\n\nTime.',
  )
  await expect(theirs).toHaveCount(0)
  const [kept] = await query(sql`SELECT version FROM posts WHERE id = ${post.id}`)
  expect(kept).toEqual({ version: 2 })

  await page.getByLabel('Content').fill('Rye flour.\n\nLukewarm water.\n\nSalt.\n\nTime.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  const [saved] = await query(sql`SELECT title, content FROM posts WHERE id = ${post.id}`)
  expect(saved).toEqual({ title: 'Good bread', content: 'Rye flour.\n\nLukewarm water.\n\nSalt.\n\nTime.' })
})
