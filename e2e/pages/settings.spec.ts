import type { Page } from '@playwright/test'
import { expect, openAs, refusal, test } from '../fixtures/pages'

test('Sign out everywhere ends the session in another browser', async ({ page, browser, signedIn }) => {
  const other = await openAs(browser, signedIn)
  await other.goto('/dashboard')
  await expect(other).toHaveURL('/dashboard')

  await page.goto('/dashboard/settings')
  await expect(page.getByText('This one.')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.waitForURL('/login')

  await other.goto('/dashboard')
  await expect(other).toHaveURL(/\/login/)
  await page.goto('/dashboard')
  await expect(page).toHaveURL(/\/login/)
  await other.context().close()
})

test('a new password ends other sessions, and the old one no longer works', async ({
  page,
  browser,
  signedIn,
}) => {
  const other = await openAs(browser, signedIn)
  await page.goto('/dashboard/settings')
  await changePassword(page, signedIn.password, 'another good password')
  await expect(page.getByRole('status').filter({ hasText: 'Your password is changed' })).toBeVisible()
  await expect(page.getByLabel('Current password')).toHaveValue('')
  await page.reload()
  await expect(page).toHaveURL('/dashboard/settings')

  await other.goto('/dashboard')
  await expect(other).toHaveURL(/\/login/)
  await logIn(other, signedIn.email, signedIn.password)
  await expect(refusal(other)).toHaveText('Email or password is not right.')
  await logIn(other, signedIn.email, 'another good password')
  await other.waitForURL('/dashboard')
  await other.context().close()
})

test('the current password is asked for', async ({ page, signedIn: _ }) => {
  await page.goto('/dashboard/settings')
  await changePassword(page, 'not this one', 'short')
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/Use at least 8 characters/)
  await changePassword(page, 'not this one', 'another good password')
  await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(
    'This is not your current password.',
  )
  await expect(page.getByLabel('New password')).not.toHaveAccessibleDescription(
    /Use at least 8 characters\.$/,
  )
})

test('the name can be changed, and is seen at once', async ({ page, signedIn: _ }) => {
  await page.goto('/dashboard/settings')
  await page.getByLabel('Name', { exact: true }).fill('Ada, Countess of Lovelace')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Your name is saved.' })).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada, Countess of Lovelace')
  await expect(page.getByRole('banner')).toContainText('Ada, Countess of Lovelace')
  await page.goto('/dashboard')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ada, Countess of Lovelace')
})

async function changePassword(page: Page, from: string, to: string) {
  await page.getByLabel('Current password').fill(from)
  await page.getByLabel('New password').fill(to)
  await page.getByRole('button', { name: 'Change password' }).click()
}

async function logIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}
