import type { Page } from '@playwright/test'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { createPerson } from '../fixtures/factories'
import { makeGate } from '../fixtures/model-calls'
import { answered, expect, openAs, refusal, test, writePost } from '../fixtures/pages'

const content = (page: Page) => page.getByLabel('Content')
const SUMMARY = /^Marta has kept the lighthouse for thirty years\./

async function openPanel(page: Page): Promise<void> {
  const prompt = page.getByLabel('Prompt')
  if (!(await prompt.isVisible())) await page.getByText('Write with the model').click()
  await expect(prompt).toBeVisible()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

const countOf = async (userId: string) =>
  (await query(sql`SELECT FROM generations WHERE owner_id = ${userId}`)).length

test('what is asked for arrives, goes where it is put, and Undo brings the writer’s own back', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Mine', content: 'First.\n\nThe passage.\n\nLast.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await openPanel(page)
  const { marker, open } = makeGate()
  await page.getByLabel('Prompt').fill(`A lighthouse ${marker}`)
  await content(page).evaluate((it: HTMLTextAreaElement) => it.setSelectionRange(6, 6))
  await page.getByRole('button', { name: 'Write · up to 4 credits' }).dblclick()
  await expect(page.getByText('Writing. You may go on writing, too.')).toBeVisible()
  await expect(page.locator('details')).toContainText('Every evening at dusk')
  await expect(page.locator('details')).not.toContainText('out to sea.')
  await open()
  await expect(page.getByText('Finished. 1 credit charged, 19 left.')).toBeVisible()
  expect(await countOf(signedIn.userId)).toBe(1)
  await press(page, 'Insert at the caret')
  await expect(content(page)).toHaveValue(
    /^First\.\n\nEvery evening[\s\S]*out to sea\.\n\nThe passage\.\n\nLast\.$/,
  )
  await press(page, 'Undo')
  await expect(content(page)).toHaveValue('First.\n\nThe passage.\n\nLast.')

  await page.getByLabel('Prompt').fill('Shorter')
  await content(page).evaluate((it: HTMLTextAreaElement) => it.setSelectionRange(8, 20))
  await press(page, 'Rewrite · up to 2 credits')
  await expect(page.getByLabel('Passage')).toHaveValue('The passage.')
  await press(page, 'Replace the passage')
  await expect(content(page)).toHaveValue(/^First\.\n\nMarta climbed[\s\S]*Her knees did\.\n\nLast\.$/)
  await content(page).press('ControlOrMeta+z')
  await expect(content(page)).toHaveValue('First.\n\nThe passage.\n\nLast.')

  await press(page, 'Summarise · 1 credit')
  await press(page, 'Use as excerpt')
  await expect(page.getByLabel('Excerpt')).toHaveValue(SUMMARY)
  await press(page, 'Propose titles · 1 credit')
  await page.getByRole('button', { name: 'Use this title' }).nth(3).click()
  await expect(page.getByLabel('Title')).toHaveValue('The Night the Radio Died')
  await press(page, 'Undo')
  await expect(page.getByLabel('Title')).toHaveValue('Mine')
  await expect(page.getByText('Version 1')).toBeVisible()
  await expectBooksToBalance(signedIn.userId, 16)
})

test('Stop keeps what came; a refusal loses nothing, and a lost answer is not charged twice', async ({
  page,
  browser,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(402), answered(422), 'net::ERR_FAILED')
  await page.goto('/dashboard/posts/new')
  await openPanel(page)
  await press(page, 'Write · up to 4 credits')
  await expect(refusal(page)).toHaveText('Say what to write about.')
  await page.getByLabel('Prompt').fill(`A lighthouse ${makeGate().marker}`)
  // The answer is lost on its way back, once.
  await page.route(
    '/dashboard/editor/generate',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await press(page, 'Write · up to 4 credits')
  await expect(refusal(page)).toContainText('The server could not be reached.')
  // Not a letter of it need be the same: what there was no answer to comes first, also on a page that is loaded again.
  await page.reload()
  await expect(refusal(page)).toContainText('The server could not be reached.')
  await page.getByLabel('Prompt').fill('A harbour')
  await press(page, 'Write · up to 4 credits')
  await expect(page.locator('details')).toContainText('It is what you had asked for before')
  await expect(page.locator('details')).toContainText('Every evening at dusk')
  await page.route('/api/generate/*/stop', (route) => route.abort(), { times: 1 })
  await press(page, 'Stop')
  await expect(page.locator('details')).toContainText('It could not be stopped.')
  await press(page, 'Stop')
  await expect(page.getByText('Stopped. This is what had arrived. 1 credit charged, 19 left.')).toBeVisible()
  expect(await countOf(signedIn.userId)).toBe(1)
  await press(page, 'Replace the text')
  await expect(content(page)).toHaveValue(/^Every evening at dusk/)
  await expect(page.getByLabel('Title')).toHaveValue('The Lighthouse Keeper')

  const poor = await openAs(browser, await createPerson({ credits: 0 }))
  await poor.goto('/dashboard/posts/new')
  await openPanel(poor)
  await content(poor).fill('My own words.')
  await poor.getByLabel('Prompt').fill('More')
  await press(poor, 'Write · up to 4 credits')
  await expect(refusal(poor)).toHaveText('This needs 4 credits and 0 are available.')
  await expect(content(poor)).toHaveValue('My own words.')
  await poor.context().close()
})

test('an answer is found again when the page is loaded again, and goes with the post when it is saved', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(404))
  await page.goto('/dashboard/posts/new')
  await openPanel(page)
  const { marker, open } = makeGate()
  await page.getByLabel('Title').fill('A night')
  await page.getByLabel('Prompt').fill(`A lighthouse ${marker}`)
  await press(page, 'Write · up to 4 credits')
  await expect(page.locator('details')).toContainText('Every evening at dusk')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.locator('details')).toContainText('Every evening at dusk')
  await page.reload()
  await expect(page.locator('details')).toContainText('Every evening at dusk')
  // Ended while it has the keyboard, Stop leaves it in the panel.
  await page.getByRole('button', { name: 'Stop' }).focus()
  await open()
  await expect(page.getByText('Finished. 1 credit charged, 19 left.')).toBeFocused()
  await press(page, 'Insert at the caret')
  await expect(page.getByText('A private draft was kept')).toBeVisible()
  await page.reload()
  await openPanel(page)
  await expect(page.getByText('Finished.')).toHaveCount(0)

  // One that is gone can be put away.
  const { marker: other, open: openOther } = makeGate()
  await page.getByLabel('Prompt').fill(`A lighthouse ${other}`)
  await press(page, 'Write · up to 4 credits')
  await expect(page.locator('details')).toContainText('Every evening at dusk')
  await openOther()
  await expect(page.getByText('Finished.')).toBeVisible()
  const { userId: another } = await createPerson()
  await query(sql`UPDATE generations SET owner_id = ${another} WHERE owner_id = ${signedIn.userId}`)
  await page.reload()
  await expect(page.getByText('It is not there any more.')).toBeVisible()
  await press(page, 'Dismiss')
  await expect(page.getByText('It is not there any more.')).toHaveCount(0)
})
