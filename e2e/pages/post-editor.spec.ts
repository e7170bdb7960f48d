import { randomUUID } from 'node:crypto'
import { query, sql } from '@/lib/sql'
import { expect, refusal, test, writePost } from '../fixtures/pages'

const postsOf = (userId: string) =>
  query<{ content: string; status: string }>(
    sql`SELECT content, status FROM posts WHERE author_id = ${userId}`,
  )

test('a new post is saved as a draft, at an address of its own', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts')
  await page.getByRole('link', { name: 'New post' }).click()
  await page.getByLabel('Title').fill('Bread')
  await page.getByLabel('Content').fill('Flour, water, salt.')
  await page.getByLabel('Excerpt').fill('Three things.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await page.reload()
  await expect(page.getByLabel('Title')).toHaveValue('Bread')
  await expect(page.getByLabel('Content')).toHaveValue('Flour, water, salt.')
  await expect(page.getByLabel('Excerpt')).toHaveValue('Three things.')
  expect(await postsOf(signedIn.userId)).toEqual([{ content: 'Flour, water, salt.', status: 'draft' }])
})

test('what is wrong is said at its field, and what was typed stays', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Content').fill('A text without a title.\n\nIts second paragraph.')
  await page.getByLabel('Excerpt').fill('x'.repeat(501))
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(refusal(page)).toContainText('2 things need your attention.')
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription('Give the post a title.')
  await expect(page.getByLabel('Excerpt')).toHaveAccessibleDescription(/At most 500 characters\./)
  await expect(page.getByLabel('Content')).toHaveValue('A text without a title.\n\nIts second paragraph.')
  await expect(page.getByLabel('Excerpt')).toHaveValue('x'.repeat(501))
  expect(await postsOf(signedIn.userId)).toEqual([])

  await page.getByLabel('Title').fill('Now it has one')
  await page.getByLabel('Excerpt').fill('')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  expect(await postsOf(signedIn.userId)).toMatchObject([{ status: 'published' }])
})

test('the Enter key saves, and never publishes', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill('By the keyboard')
  await page.getByLabel('Title').press('Enter')
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  expect(await postsOf(signedIn.userId)).toMatchObject([{ status: 'draft' }])
})

test('a preview shows the Markdown, safely, and saves nothing', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill('Seen before it is saved')
  const text = '## Dough\n\nMix *well*.\n\n<img src=x onerror="document.title=\'owned\'">'
  await page.getByLabel('Content').fill(text)
  await page.getByRole('button', { name: 'Preview' }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  await expect(preview.getByRole('heading', { name: 'Dough' })).toBeVisible()
  await expect(preview.getByRole('emphasis')).toHaveText('well')
  await expect(preview.locator('img')).toHaveCount(0)
  await expect(page.getByLabel('Content')).toHaveValue(text)
  await expect(page.getByLabel('Title')).toHaveValue('Seen before it is saved')
  expect(await postsOf(signedIn.userId)).toEqual([])
})

test('looked at and saved, over and over, a post meets no other version', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Seen', content: 'One.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  for (const [content, version] of [
    ['Two.', 2],
    ['Three.', 3],
  ] as const) {
    await page.getByLabel('Content').fill(content)
    await page.getByRole('button', { name: 'Preview' }).click()
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText(content)
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByText(`Version ${version}`)).toBeVisible()
    await expect(refusal(page)).toHaveCount(0)
  }
})

test('a text that is opened and saved is the same to the last character', async ({ page, signedIn }) => {
  const content = '\nFirst line empty.\nSecond.\n\n\tIndented — “quoted” 𝔘 <b>&amp;</b>\nTrailing  \n\n'
  const post = await writePost(signedIn, { title: 'To the letter', content })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Title').fill('To the last letter')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  expect(await postsOf(signedIn.userId)).toEqual([{ content, status: 'draft' }])
})

test('the address follows the title until it has been public', async ({ page, visitor, signedIn }) => {
  const word = `w${randomUUID().slice(0, 8)}`
  const post = await writePost(signedIn, { title: `${word} one` })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Title').fill(`${word} two`)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('button', { name: 'Unpublish' })).toBeVisible()
  await page.getByLabel('Title').fill(`${word} three`)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await visitor.goto(`/posts/${word}-two`)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(`${word} three`)
})
