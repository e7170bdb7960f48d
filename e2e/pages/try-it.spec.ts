import { expect, test } from '../fixtures/pages'

/**
 * With JavaScript Next.js asks itself for the page that an action leads to, from an address of its own: where this machine
 * has IPv6, Chromium comes from `::1` and Next.js from 127.0.0.1.
 */
test('a visitor is shown what the try came to', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Text' }).fill('The keeper lit the lamp. The sea was calm.')
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page).toHaveURL(/\/try\/[\w-]{36}$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Summarise a text')
  await expect(page.getByText('Succeeded')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Summarise a text')
})
