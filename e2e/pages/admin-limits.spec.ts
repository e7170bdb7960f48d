import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { BASIC } from '../fixtures/env'
import { expect, findUser, test } from '../fixtures/operator'
import { generateButton, refusal, signUp } from '../fixtures/pages'
import { picture, sendFile, upload } from '../fixtures/pictures'
import { expectProblem } from '../fixtures/problem'
import { ask } from '../fixtures/product'
import { createStranger } from '../fixtures/stranger'

// On the product that has no model: nobody else among the tests looks at its prices. The tests with and those
// without JavaScript run side by side, so each has a tier to itself.
const tierFor = (javaScript: boolean | undefined) =>
  javaScript ? ({ tier: 'pro', name: 'Pro' } as const) : ({ tier: 'unlimited', name: 'Unlimited' } as const)

test.describe.configure({ mode: 'default' })

/** Signs up there and is made an operator. */
async function becomeOperator(page: Page): Promise<string> {
  const email = `olga-${randomUUID()}@example.com`
  await signUp(page, { name: 'Olga', email }, BASIC.url)
  await ask(BASIC.dataDir, `UPDATE users SET role = 'operator' WHERE email = $1`, [email])
  return email
}

const recordedBy = (email: string) =>
  ask<{ action: string; subject: string; before: object; after: object }>(
    BASIC.dataDir,
    `SELECT action, subject, before, after FROM operator_actions
     WHERE operator_id = (SELECT id FROM users WHERE email = $1) AND action = 'prices' ORDER BY created_at, id`,
    [email],
  )

const draft = { method: 'POST', json: { prompt: 'A lighthouse' } }

test('prices and limits bite at once, on the form and in a dry run', async ({ page, javaScriptEnabled }) => {
  test.slow()
  const { tier, name } = tierFor(javaScriptEnabled)
  const email = await becomeOperator(page)
  const { userId, api } = await createStranger(BASIC.dataDir, BASIC.url)
  for (const address of [email, `${userId}@example.com`]) {
    await findUser(page, address, BASIC.url)
    await page.getByLabel('Tier').selectOption(tier)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText(`The tier is ${tier} now.`)).toBeVisible()
  }
  const dryRun = async () => (await api('/api/generate?dryRun=1', draft)).json()
  const before = await dryRun()
  expect(before).toMatchObject({ hold: 4 })

  await page.getByRole('link', { name: 'Change limits and prices' }).click()
  const form = page.getByRole('form', { name })
  await form.getByLabel('Draft a post: price').fill('7')
  await form.getByLabel('Draft a post: daily limit').fill('1')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByRole('status')).toContainText('Saved.')
  await expect(form.getByLabel('Draft a post: price')).toHaveValue('7')
  expect(await dryRun()).toMatchObject({ hold: 7, dailyLimit: 1, used: 0 })

  await page.goto(`${BASIC.url}/dashboard/generate`)
  await expect(generateButton(page)).toHaveText(/7 credits/)
  const made = await api('/api/generate', draft)
  expect(await made.json()).toMatchObject({ credits: { held: 7 } })
  const refused = await api('/api/generate', draft)
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ code: 'daily_limit', limit: 1, used: 1 })

  // Back to what it was: the form that has just been saved can be saved again.
  await page.goto(`${BASIC.url}/admin/limits`)
  await form.getByLabel('Draft a post: price').fill('4')
  await form.getByLabel('Draft a post: daily limit').fill(String(before.dailyLimit))
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByRole('status')).toContainText('Saved.')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByRole('status')).toContainText('Saved.')
  expect(await dryRun()).toMatchObject({ hold: 4, dailyLimit: before.dailyLimit })

  const was = { 'draft price': 4, 'draft daily limit': before.dailyLimit }
  const became = { 'draft price': 7, 'draft daily limit': 1 }
  expect(await recordedBy(email)).toMatchObject([
    { subject: tier, before: was, after: became },
    { subject: tier, before: became, after: was },
  ])
  await page.goto(`${BASIC.url}/admin`)
  await expect(page.getByRole('table', { name: 'Latest changes' })).toContainText('draft price: 4 → 7')
})

test('room for uploads counts at once, and an upload without any is told so at both doors', async ({
  page,
  javaScriptEnabled,
}) => {
  const { tier, name } = tierFor(javaScriptEnabled)
  const email = await becomeOperator(page)
  await ask(BASIC.dataDir, `UPDATE users SET tier = $1::"tier" WHERE email = $2`, [tier, email])
  const { userId, api } = await createStranger(BASIC.dataDir, BASIC.url)
  await ask(BASIC.dataDir, `UPDATE users SET tier = $1::"tier" WHERE id = $2`, [tier, userId])
  const content = await picture('jpeg', 600, 400)
  const first = await upload(api, content)

  await page.goto(`${BASIC.url}/admin/limits`)
  const form = page.getByRole('form', { name })
  const before = await form.getByLabel('Room for uploads').inputValue()
  const give = async (room: string) => {
    await form.getByLabel('Room for uploads').fill(room)
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(form.getByRole('status')).toContainText('Saved.')
    await expect(form.getByLabel('Room for uploads')).toHaveValue(room)
  }
  await give('0')
  const refused = await sendFile(api, content)
  const { errors } = await expectProblem(refused, 'too_large')
  const words =
    /^There is no room for this picture, which takes .+: .+ of your 0 bytes are used\. Delete pictures/
  expect(errors).toEqual([{ pointer: '/file', detail: expect.stringMatching(words) }])

  await page.goto(`${BASIC.url}/dashboard/uploads`)
  await expect(page.getByText('0 bytes of 0 bytes used')).toBeVisible()
  await page.getByLabel('File').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: content })
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await expect(page.getByLabel('File')).toHaveAccessibleDescription(/There is no room for this picture/)

  await page.goto(`${BASIC.url}/admin/limits`)
  await give('1')
  expect((await sendFile(api, content)).status).toBe(201)
  expect((await api(`/api/uploads/${first.id}`, { method: 'DELETE' })).status).toBe(204)
  await give(before)
  await page.goto(`${BASIC.url}/admin`)
  await expect(page.getByRole('table', { name: 'Latest changes' })).toContainText(
    'bytes of uploads: 0 → 1048576',
  )
})

test('what is wrong is said at its field, and nothing of the form is saved', async ({
  page,
  javaScriptEnabled,
}) => {
  const { name } = tierFor(javaScriptEnabled)
  const email = await becomeOperator(page)
  await page.goto(`${BASIC.url}/admin/limits`)
  const form = page.getByRole('form', { name })
  await form.getByLabel('Draft a post: price').fill('0')
  await form.getByLabel('Rewrite a passage: daily limit').fill('-2')
  await form.getByLabel('Monthly allowance').fill('many')
  await form.getByLabel('Suggest five titles: price').fill('9')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(refusal(page)).toContainText('3 things need your attention.')
  const says = [
    ['Draft a post: price', /from 1 to 1000\./, '0'],
    ['Rewrite a passage: daily limit', /from -1 to 1000000\./, '-2'],
    ['Monthly allowance', /from 0 to 1000000\./, 'many'],
  ] as const
  for (const [label, error, value] of says) {
    await expect(form.getByLabel(label)).toHaveAccessibleDescription(error)
    await expect(form.getByLabel(label)).toHaveValue(value)
  }
  await expect(form.getByLabel('Suggest five titles: price')).toHaveValue('9')
  expect(await recordedBy(email)).toEqual([])
})

test('what another operator changed meanwhile is not overwritten unseen', async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  const { tier, name } = tierFor(javaScriptEnabled)
  const email = await becomeOperator(page)
  await page.goto(`${BASIC.url}/admin/limits`)
  const other = await (await browser.newContext({ javaScriptEnabled: javaScriptEnabled ?? true })).newPage()
  const others = await becomeOperator(other)
  await other.goto(`${BASIC.url}/admin/limits`)
  const theirs = other.getByRole('form', { name })
  await theirs.getByLabel('Summarise a text: price').fill('3')
  await theirs.getByRole('button', { name: 'Save' }).click()
  await expect(theirs.getByRole('status')).toContainText('Saved.')

  const form = page.getByRole('form', { name })
  await form.getByLabel('Monthly allowance').fill('0')
  await form.getByLabel('Suggest five titles: price').fill('2')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(refusal(page)).toContainText('Somebody has changed these since you opened the page.')
  await expect(form.getByLabel('Suggest five titles: price')).toHaveValue('2')
  expect(await recordedBy(email)).toEqual([])
  expect(await recordedBy(others)).toHaveLength(1)

  await form.getByLabel('Suggest five titles: price').fill('1')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByRole('status')).toContainText('Saved.')
  expect(await recordedBy(email)).toMatchObject([
    { subject: tier, before: { 'summarize price': 3 }, after: { 'summarize price': 1, 'titles price': 1 } },
  ])
  await other.context().close()
})
