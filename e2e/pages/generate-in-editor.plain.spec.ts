import type { Page } from '@playwright/test'
import { updatePost } from '@/lib/services/posts'
import { createProject } from '@/lib/services/projects'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { createPerson } from '../fixtures/factories'
import { modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { expect, hiddenFields, openAs, refusal, test, writePost } from '../fixtures/pages'

const content = (page: Page) => page.getByLabel('Content')
const SUMMARY = /^Marta has kept the lighthouse for thirty years\./
const BODY = /Every evening at dusk[\s\S]*out to sea\.$/

async function openPanel(page: Page): Promise<void> {
  const prompt = page.getByLabel('Prompt')
  if (!(await prompt.isVisible())) await page.getByText('Write with the model').click()
  await expect(prompt).toBeVisible()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

const countOf = async (userId: string) =>
  (await query(sql`SELECT FROM generations WHERE owner_id = ${userId}`)).length

test('a new post becomes a draft, and what comes is put into it as new versions', async ({
  page,
  signedIn,
}) => {
  await page.goto('/dashboard/posts/new')
  await openPanel(page)
  await content(page).fill('My own beginning.')
  await press(page, 'Write · up to 4 credits')
  await expect(page.getByLabel('Prompt')).toHaveAccessibleDescription(/Say what to write about\./)
  await expect(content(page)).toHaveValue('My own beginning.')
  expect(await query(sql`SELECT FROM posts WHERE author_id = ${signedIn.userId}`)).toEqual([])

  await page.getByLabel('Prompt').fill('A lighthouse')
  await press(page, 'Write · up to 4 credits')
  await page.waitForURL(/\/dashboard\/generations\/[\w-]{36}\?post=/)
  await press(page, 'At the end of the text')
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Title')).toHaveValue('The Lighthouse Keeper')
  await expect(content(page)).toHaveValue(BODY)
  await expect(content(page)).toHaveValue(/^My own beginning\.\n\nEvery/)

  await openPanel(page)
  await page.getByLabel('Prompt').fill('Shorter')
  await page.getByLabel('Passage').fill('My own beginning.')
  await press(page, 'Rewrite · up to 2 credits')
  await press(page, 'In place of the passage')
  await expect(content(page)).toHaveValue(/^Marta climbed[\s\S]*Her knees did\.\n\nEvery/)

  await openPanel(page)
  await press(page, 'Summarise · 1 credit')
  await press(page, 'As excerpt')
  await expect(page.getByLabel('Excerpt')).toHaveValue(SUMMARY)
  await openPanel(page)
  await press(page, 'Propose titles · 1 credit')
  await page.getByRole('button', { name: 'Use this title' }).nth(3).click()
  await expect(page.getByLabel('Title')).toHaveValue('The Night the Radio Died')
  await expectBooksToBalance(signedIn.userId, 16)

  await page.getByRole('link', { name: 'History' }).click()
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Version 1,' })
    .getByRole('button', { name: 'Restore' })
    .click()
  await expect(content(page)).toHaveValue('My own beginning.')
})

test('a refusal after saving says that it is saved; the same form sent again is the same generation', async ({
  page,
  browser,
  signedIn,
}) => {
  const poor = await openAs(browser, await createPerson({ credits: 0 }))
  await poor.goto('/dashboard/posts/new')
  await openPanel(poor)
  await content(poor).fill('My own words.')
  await poor.getByLabel('Prompt').fill('A lighthouse')
  await press(poor, 'Write · up to 4 credits')
  await expect(refusal(poor)).toHaveText('This needs 4 credits and 0 are available. What you typed is saved.')
  await expect(content(poor)).toHaveValue('My own words.')
  await expect(poor.getByLabel('Prompt')).toHaveValue('A lighthouse')
  await poor.getByLabel('Title').fill('Named')
  await press(poor, 'Save draft')
  await expect(poor.getByText('Version 2')).toBeVisible()
  await poor.context().close()

  const post = await writePost(signedIn, { title: 'Twice', content: 'Its text.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  const multipart = {
    ...fields,
    title: 'Twice',
    content: 'Changed.',
    intent: 'generate-draft',
    prompt: 'A lamp',
  }
  const headers = { Origin: new URL(page.url()).origin }
  const send = () => page.request.post(page.url(), { multipart, headers, maxRedirects: 0 })
  const places = [(await send()).headers().location, (await send()).headers().location]
  expect(places[0]).toMatch(/\/dashboard\/generations\//)
  expect(places[1]).toBe(places[0])
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('what is asked for from a public post leaves it as it is until it is saved', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Public', content: 'For all.', status: 'published' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  await openPanel(page)
  await content(page).fill('For all. And half a sent')
  await page.getByLabel('Prompt').fill('A lighthouse')
  await press(page, 'Write · up to 4 credits')
  await page.waitForURL(/\/dashboard\/generations\/[\w-]{36}\?post=[\w-]{36}&draft=[\w-]{36}$/)
  // Sent again for want of an answer, it is the same draft and the same generation.
  const again = await page.request.post(`/dashboard/posts/${post.id}`, {
    multipart: {
      ...fields,
      title: 'Public',
      content: 'For all. And half a sent',
      prompt: 'A lighthouse',
      intent: 'generate-draft',
    },
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
  expect(page.url()).toContain(again.headers().location)
  expect(await countOf(signedIn.userId)).toBe(1)
  await expect(page.getByText('your draft of it gets this')).toBeVisible()
  await press(page, 'At the end of the text')
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}\?draft=/)
  await expect(content(page)).toHaveValue(/^For all\. And half a sent\n\nEvery evening[\s\S]*out to sea\.$/)
  const saved = () => query(sql`SELECT version, content FROM posts WHERE id = ${post.id}`)
  expect(await saved()).toEqual([{ version: 1, content: 'For all.' }])
  // The same choice sent again is done already; another meets what is there by now.
  await page.goBack()
  await press(page, 'At the end of the text')
  await expect(content(page)).toHaveValue(/^For all\. And half a sent\n\nEvery evening[\s\S]*out to sea\.$/)
  await page.goBack()
  await press(page, 'In place of the text')
  await expect(content(page)).toHaveValue(BODY)
  await expect(content(page)).not.toHaveValue(/For all/)
  await press(page, 'Save changes')
  await expect(page.getByText('Version 2')).toBeVisible()
  expect(await saved()).toMatchObject([{ version: 2, content: expect.stringMatching(/^Every evening/) }])
  expect(await query(sql`SELECT FROM post_drafts WHERE user_id = ${signedIn.userId}`)).toEqual([])
})

test('a choice that would replace what was saved meanwhile is refused once, and done when it is pressed again', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'At first.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await openPanel(page)
  await page.getByLabel('Prompt').fill('A lighthouse')
  await press(page, 'Write · up to 4 credits')
  await expect(page.getByRole('button', { name: 'In place of the text' })).toBeVisible()
  await updatePost(signedIn, post.id, { content: 'Elsewhere.' }, [2])
  await press(page, 'In place of the text')
  await expect(refusal(page)).toContainText('saved elsewhere since you opened it. Nothing was changed.')
  await press(page, 'In place of the text')
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByText('Version 4')).toBeVisible()

  await page.goto(`/dashboard/posts/${post.id}/history`)
  await updatePost(signedIn, post.id, { content: 'Elsewhere again.' }, [4])
  const first = page.getByRole('listitem').filter({ hasText: 'Version 1,' })
  await first.getByRole('button', { name: 'Restore' }).click()
  await expect(refusal(page)).toContainText('Load this page again to see what was saved')
  await first.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Version 6')).toBeVisible()
  await expect(content(page)).toHaveValue('At first.')
})

test('the brief of the project that is chosen in the editor is given to the model', async ({
  page,
  signedIn,
}) => {
  const brief = uniqueWords()
  await createProject(signedIn, { name: 'Harbour news', brief }, null)
  await page.goto('/dashboard/posts/new')
  await openPanel(page)
  await page.getByLabel('Project').selectOption('Harbour news')
  await page.getByLabel('Prompt').fill('A lighthouse')
  await press(page, 'Write · up to 4 credits')
  await expect(page.getByRole('region', { name: 'Receipt' })).toBeVisible()
  expect(await modelCallsWith(brief)).toBe(1)
})

test('nobody puts what they made into another’s post, nor what another made into theirs', async ({
  page,
  browser,
  signedIn,
}) => {
  const bea = await createPerson({ name: 'Bea' })
  const theirs = await writePost(bea, { title: 'Hers', content: 'Hers alone.' })
  const mine = await writePost(signedIn, { title: 'Mine', content: 'Mine alone.' })
  await page.goto('/dashboard/generate?tool=summarize')
  await page.getByLabel('Text').fill('Marta keeps the lighthouse.')
  await page.getByRole('button', { name: /^Generate for/ }).click()
  await page.waitForURL(/\/dashboard\/generations\/[\w-]{36}$/)
  await expect(page.getByRole('region', { name: 'Receipt' })).toBeVisible()
  const generation = page.url()
  await page.goto(`${generation}?post=${theirs.id}`)
  await expect(page.getByText('Put into the post')).toHaveCount(0)
  await page.goto(`${generation}?post=${mine.id}`)
  const form = page.locator('form:has([name=version])')
  const fields = await hiddenFields(form)
  const other = await openAs(browser, bea)
  const headers = { Origin: new URL(page.url()).origin }
  const place = { place: 'append' }
  for (const [as, multipart, says] of [
    [page, { ...fields, ...place, post: theirs.id }, 'There is no such version.'],
    // Whose page a form is from, it says itself.
    [other, { ...fields, ...place, post: theirs.id, account: bea.userId }, 'There is no such generation.'],
  ] as const) {
    const answer = await as.request.post(page.url(), { multipart, headers, maxRedirects: 0 })
    expect(await answer.text()).toContain(says)
  }
  await other.context().close()
  expect(await query(sql`SELECT content FROM posts WHERE id = ${theirs.id}`)).toEqual([
    { content: 'Hers alone.' },
  ])
})
