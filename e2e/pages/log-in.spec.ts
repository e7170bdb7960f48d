import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, hiddenFields, refusal, test } from '../fixtures/pages'

async function logIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

test('in and out', async ({ page, writer }) => {
  await page.goto('/login')
  await logIn(page, writer.email, writer.password)
  await page.waitForURL('/dashboard')
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.waitForURL('/')
  await page.goto('/dashboard')
  await expect(page).toHaveURL(/\/login/)
})

test('a wrong password and an unknown address are told in the same words', async ({ page, writer }) => {
  for (const email of [writer.email, `nobody-${randomUUID()}@example.com`]) {
    await page.goto('/login')
    await logIn(page, email, 'not the password')
    await expect(refusal(page)).toHaveText('Email or password is not right.')
    await expect(page.getByLabel('Email')).toHaveValue(email)
  }
})

test('ten failures, and then it says when to try again', async ({ page, writer }) => {
  await page.goto('/login')
  const fields = await hiddenFields(page.locator('form'))
  for (let failure = 1; failure <= 9; failure++) {
    const answer = await page.request.post('/login', {
      multipart: { ...fields, email: writer.email, password: `guess ${failure}` },
      headers: { Origin: new URL(page.url()).origin },
    })
    expect(await answer.text()).toContain('Email or password is not right.')
  }
  await logIn(page, writer.email, 'guess 10')
  await expect(refusal(page)).toHaveText('Email or password is not right.')
  await logIn(page, writer.email, writer.password)
  await expect(refusal(page)).toHaveText(/^Too many requests\. Try again in \d+ (minutes|seconds)\.$/)
  await expect(page).toHaveURL(/\/login/)
})

test('leads to a page of the dashboard, and from log-in back to it', async ({ page, writer }) => {
  await page.goto('/dashboard/credits')
  await expect(page).toHaveURL(`/login?next=${encodeURIComponent('/dashboard/credits')}`)
  await logIn(page, writer.email, 'not the password')
  await expect(refusal(page)).toBeVisible()
  await logIn(page, writer.email, writer.password)
  await page.waitForURL('/dashboard/credits')
})

test('goes on to pages of this site only', async ({ page, signedIn: _ }) => {
  const cases = [
    { next: '/dashboard/credits', to: '/dashboard/credits' },
    { next: '/dashboard/posts?status=draft', to: '/dashboard/posts?status=draft' },
    { next: '', to: '/dashboard' },
    { next: 'https://evil.example/', to: '/dashboard' },
    { next: '//evil.example/', to: '/dashboard' },
    { next: '/\\evil.example/', to: '/dashboard' },
    { next: '/\t/evil.example/', to: '/dashboard' },
    { next: 'javascript:alert(1)', to: '/dashboard' },
    { next: 'dashboard', to: '/dashboard' },
  ]
  for (const { next, to } of cases) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`)
    await expect(page, `next=${next}`).toHaveURL(to)
  }
})

test('does not trust the field in the form either', async ({ page, writer }) => {
  await page.goto('/login')
  const answer = await page.request.post('/login', {
    multipart: {
      ...(await hiddenFields(page.locator('form'))),
      email: writer.email,
      password: writer.password,
      next: '//evil.example/',
    },
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(303)
  expect(answer.headers().location).toBe('/dashboard')
})
