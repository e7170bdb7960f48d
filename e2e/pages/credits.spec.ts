import { grant } from '@/lib/services/credits'
import { createPerson } from '../fixtures/factories'
import { expect, generate, openAs, receipt, test } from '../fixtures/pages'

test('every credit has its line, and the books balance', async ({ page, signedIn: _ }) => {
  await generate(page, { prompt: 'A lighthouse' })
  await receipt(page)
  await page.getByRole('link', { name: 'Credits' }).click()
  await expect(page.getByText('You have 19 credits.')).toBeVisible()
  await expect(page.getByText('The books balance')).toBeVisible()
  await expect(page.getByText('add up to 19, and the balance is 19')).toBeVisible()
  const rows = page.getByRole('main').getByRole('row')
  await expect(rows).toHaveCount(4)
  const entries = [
    ['Settle', 'Delivered', '+3', '19'],
    ['Hold', 'Draft a post', '−4', '16'],
    ['Grant', 'For a test', '+20', '20'],
  ]
  for (const [index, entry] of entries.entries()) {
    expect(
      (
        await rows
          .nth(index + 1)
          .getByRole('cell')
          .allTextContents()
      ).slice(0, 4),
    ).toEqual(entry)
  }
  await rows.nth(1).getByRole('link').click()
  await receipt(page)
})

test('a long ledger is read in pages', async ({ browser }) => {
  const rich = await createPerson({ credits: 1 })
  for (let n = 2; n <= 52; n++) await grant({ userId: rich.userId, amount: 1, reason: `Gift ${n}` })
  const page = await openAs(browser, rich)
  await page.goto('/dashboard/credits')
  const rows = page.getByRole('main').getByRole('row')
  await expect(rows).toHaveCount(51)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(rows).toHaveCount(3)
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(rows).toHaveCount(51)
  await page.context().close()
})
