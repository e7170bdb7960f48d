import type { Page } from '@playwright/test'
import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { createKeyFor } from '../fixtures/factories'
import { expect, test, writePost } from '../fixtures/pages'
import { openForm } from '../fixtures/plain-form'

const TEXT = 'A long evening’s work: "quoted" & <marked>.\n\nIts second paragraph.'

test.describe('a form that its page could not answer', () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === true, 'with JavaScript the page stays')

  test('comes back filled when its session has ended, and is sent after logging in', async ({
    page,
    signedIn,
  }) => {
    const post = await writePost(signedIn, { title: 'Before', content: 'Before.' })
    await page.goto(`/dashboard/posts/${post.id}`)
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await page.getByLabel('Title').fill('After')
    await page.getByLabel('Content').fill(TEXT)
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('alert')).toContainText('Your session has ended')
    await expect(page.getByLabel('Content')).toHaveValue(TEXT)
    await expect(page.getByLabel('Title')).toHaveValue('After')
    // Logged in again, in another tab.
    await page.context().addCookies(cookies)
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByText('Version 2')).toBeVisible()
    expect(await textOf(post.id)).toEqual({ title: 'After', content: TEXT })
  })

  test('comes back filled when a deploy has taken its action, and goes to the new one', async ({
    page,
    signedIn,
  }) => {
    const post = await writePost(signedIn, { title: 'Before', content: 'Before.' })
    await page.goto(`/dashboard/posts/${post.id}`)
    await renameAction(page)
    await page.getByLabel('Content').fill(TEXT)
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByRole('alert')).toContainText('made by an earlier version')
    await expect(page.getByLabel('Content')).toHaveValue(TEXT)
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByText('Version 2')).toBeVisible()
    expect(await textOf(post.id)).toEqual({ title: 'Before', content: TEXT })
  })
})

test('of several forms that it may have been, none is guessed', async ({ signedIn }) => {
  for (const _ of ['one key', 'another']) await createKeyFor(signedIn)
  const form = await openForm(signedIn, '/dashboard/settings', 'id')
  const stale = Object.fromEntries(
    Object.entries(form.hidden).map(([name, value]) => [name, value.replace(/"id":"\w+"/, '"id":"7f00"')]),
  )
  const [sure, unsure] = await Promise.all([form.submit(stale), form.submit({ ...stale, id: newId() })])
  expect(await sure.text()).toContain('Send again')
  // As of a key that has been revoked meanwhile, beside two that have not.
  const html = await unsure.text()
  expect(html).toContain('made by an earlier version')
  expect(html).not.toContain('Send again')
})

test('a password is never given back', async ({ signedIn }) => {
  const form = await openForm(signedIn, '/dashboard/settings', 'currentPassword')
  const stale = Object.fromEntries(
    Object.entries(form.hidden).map(([name, value]) => [name, value.replace(/"id":"\w+"/, '"id":"7f00"')]),
  )
  const answer = await form.submit({ ...stale, currentPassword: 'hunter2', password: 'hunter3' })
  const html = await answer.text()
  expect(html).toContain('made by an earlier version')
  expect(html).not.toMatch(/hunter/)
})

function textOf(id: string) {
  return query(sql`SELECT title, content FROM posts WHERE id = ${id}`).then(([row]) => row)
}

/** As a page that was opened before a deploy has it: with the name of an action that there is no more. */
async function renameAction(page: Page): Promise<void> {
  await page.locator('input[name$=":0"]').evaluateAll((inputs) => {
    for (const input of inputs as HTMLInputElement[])
      input.value = input.value.replace(/"id":"\w+"/, '"id":"7f00"')
  })
}
