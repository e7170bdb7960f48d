import type { Page } from '@playwright/test'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { expect, generate, generateButton, hiddenFields, receipt, test } from '../fixtures/pages'

const prompt = 'A keeper of a lighthouse'
const countOf = async (userId: string) =>
  (await query(sql`SELECT FROM generations WHERE owner_id = ${userId}`)).length

test('a double click makes one generation and one charge', async ({ page, signedIn }) => {
  await page.goto('/dashboard/generate')
  await page.getByLabel('Prompt').fill(prompt)
  await generateButton(page).dblclick()
  await page.waitForURL(/\/dashboard\/generations\//)
  expect(await receipt(page)).toMatchObject({ 'Balance afterwards': '19 credits' })
  expect(await countOf(signedIn.userId)).toBe(1)
  await expectBooksToBalance(signedIn.userId, 19)
})

test('the same form sent again reaches the same generation', async ({ page, signedIn }) => {
  await page.goto('/dashboard/generate')
  const form = page.locator('form:has([name=prompt])')
  const multipart = { ...(await hiddenFields(form)), tool: 'draft', prompt, text: '', projectId: '' }
  const answers = await Promise.all(
    [1, 2, 3].map(() =>
      page.request.post('/dashboard/generate', {
        multipart,
        headers: { Origin: new URL(page.url()).origin },
        maxRedirects: 0,
      }),
    ),
  )
  expect(answers.map((answer) => answer.status())).toEqual([303, 303, 303])
  expect(new Set(answers.map((answer) => answer.headers().location)).size).toBe(1)
  await page.goto(answers[0]?.headers().location ?? '')
  await receipt(page)
  await expectBooksToBalance(signedIn.userId, 19)
})

test('gone back to and sent again as it was, the form reaches the same generation', async ({
  page,
  signedIn,
}) => {
  await generate(page, { prompt })
  await receipt(page)
  const first = page.url()

  await page.goBack()
  await expect(page.getByLabel('Prompt')).toBeVisible()
  await page.getByLabel('Prompt').fill(prompt)
  await generateButton(page).click()
  await page.waitForURL(first)
  await receipt(page)
  expect(await countOf(signedIn.userId)).toBe(1)
  await expectBooksToBalance(signedIn.userId, 19)
})

test('gone back to and changed, the form makes another generation', async ({ page, signedIn }) => {
  await generate(page, { prompt })
  await receipt(page)
  const first = page.url()

  await page.goBack()
  await send(page, `${prompt}, and her daughter`)
  expect(page.url()).not.toBe(first)
  await receipt(page)
  expect(await countOf(signedIn.userId)).toBe(2)
  await expectBooksToBalance(signedIn.userId, 18)
})

async function send(page: Page, prompt: string) {
  await page.getByLabel('Prompt').fill(prompt)
  await generateButton(page).click()
  await page.waitForURL(/\/dashboard\/generations\//)
}

test('the same form with other words is another request, and not refused', async ({ page, signedIn }) => {
  await page.goto('/dashboard/generate')
  const fields = await hiddenFields(page.locator('form:has([name=prompt])'))
  const places = new Set<string | undefined>()
  for (const words of [prompt, `${prompt}, and her daughter`, prompt]) {
    const answer = await page.request.post('/dashboard/generate', {
      multipart: { ...fields, tool: 'draft', prompt: words, text: '', projectId: '' },
      headers: { Origin: new URL(page.url()).origin },
      maxRedirects: 0,
    })
    places.add(answer.headers().location)
  }
  expect(places.size).toBe(2)
  expect(await countOf(signedIn.userId)).toBe(2)
})
