import { deletePost, updatePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { draftsOf } from '../fixtures/drafts'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson } from '../fixtures/factories'
import { expect, test, writePost } from '../fixtures/pages'

/** What is typed at a post while something happens elsewhere: to the post, or to who is logged in. */

test('what somebody typed never becomes that of who has logged in since', async ({
  page,
  context,
  signedIn,
  expectedErrors,
  javaScriptEnabled,
}) => {
  expectedErrors.push('403')
  const bea = await createPerson({ name: 'Bea' })
  await page.goto('/dashboard/posts/new')
  const mine = await context.cookies()
  const { name, value } = await createCookieFor(bea)
  await context.addCookies([{ name, value, url: PRODUCT.url, httpOnly: true, sameSite: 'Lax' }])
  await page.getByLabel('Title').fill('Mine')
  await page.getByLabel('Content').fill('Mine alone.')
  if (javaScriptEnabled !== false)
    await expect(page.getByText('Kept in this browser: Somebody else is logged in here now.')).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'another account' })).toBeVisible()
  await expect(page.getByLabel('Content', { exact: true })).toHaveValue('Mine alone.')
  const hers = sql`SELECT FROM posts WHERE author_id = ${bea.userId}`
  expect([await query(hers), await draftsOf(bea)]).toEqual([[], []])
  // Back under the account it belongs to, it is sent again.
  await context.addCookies(mine)
  await page.getByRole('button', { name: /^(Save draft|Send again)$/ }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Content')).toHaveValue('Mine alone.')
  expect(await query(hers)).toEqual([])
  expect(await query(sql`SELECT title FROM posts WHERE author_id = ${signedIn.userId}`)).toEqual([
    { title: 'Mine' },
  ])
})

test('a post deleted meanwhile leaves what was typed as a draft', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Short-lived', content: 'Once.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await deletePost(signedIn, post.id)
  await page.getByLabel('Content').fill('Typed into what is gone.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('was deleted meanwhile')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('Typed into what is gone.')
  await expect(page.getByLabel('Title')).toHaveValue('Short-lived')
})

test('a post deleted meanwhile, and what was typed only looked at, loses nothing either', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('404')
  const post = await writePost(signedIn, { title: 'Short-lived', content: 'Once.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await deletePost(signedIn, post.id)
  await page.getByLabel('Content').fill('Typed into what is gone.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByText('Typed into what is gone.').last()).toBeVisible()
  await expect(page.getByLabel('Content', { exact: true })).toHaveValue('Typed into what is gone.')
})

test('what nobody touched in the form undoes nothing that was changed elsewhere', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Both', content: 'One.\n\nTwo.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await updatePost(
    signedIn,
    post.id,
    { content: 'One.\n\nTwo, elsewhere.', tags: ['Sea'], slug: `moved-${post.id}` },
    [1],
  )
  await page.getByLabel('Content').fill('One, here.\n\nTwo.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByRole('button', { name: 'Put both together' }).click()
  await expect(page.getByLabel('Content')).toHaveValue(/One, here\./)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  const [saved] = await query(sql`SELECT tags, slug FROM posts WHERE id = ${post.id}`)
  expect(saved).toEqual({ tags: ['Sea'], slug: `moved-${post.id}` })
})
