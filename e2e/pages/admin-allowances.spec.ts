import { expect, test } from '../fixtures/own-product'
import { ask } from '../fixtures/product'
import { booksOf, createStranger } from '../fixtures/stranger'

test('a monthly allowance is set on its form, and given once', async ({ page, startAsOperator }) => {
  test.slow()
  // Allowances are given at every fourth sweep: here several times a second.
  const { url, dataDir } = await startAsOperator({ SWEEP_INTERVAL_MS: '100' })
  const form = page.getByRole('form', { name: 'Free' })
  const allowance = form.getByLabel('Monthly allowance')
  const save = async (credits: string) => {
    await page.goto(`${url}/admin/limits`)
    await allowance.fill(credits)
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(form.getByRole('status')).toContainText('Saved.')
    await expect(allowance).toHaveValue(credits)
  }
  const expectBalance = async (userId: string, credits: number) =>
    expect.poll(() => booksOf(dataDir, userId)).toEqual({ credits, ledger: credits })

  const early = await createStranger(dataDir, url)
  await page.goto(`${url}/admin/limits`)
  await expect(allowance).toHaveValue('0')
  await save('5')
  await expectBalance(early.userId, 25)
  await page.goto(`${url}/dashboard/credits`)
  const gift = page.getByRole('table', { name: 'Ledger' }).getByRole('row').nth(1)
  await expect(gift).toContainText('Monthly allowance')
  await expect(gift).toContainText('+5')

  // Who comes later gets theirs: so the round that came by did not give anybody a second one.
  const later = await createStranger(dataDir, url)
  await expectBalance(later.userId, 25)
  await expectBalance(early.userId, 25)
  await save('9')
  const last = await createStranger(dataDir, url)
  await expectBalance(last.userId, 29)
  for (const { userId } of [early, later]) await expectBalance(userId, 25)

  const recorded = await ask(
    dataDir,
    `SELECT subject, before -> 'monthly allowance' AS before, after -> 'monthly allowance' AS after
     FROM operator_actions WHERE action = 'prices' ORDER BY created_at, id`,
  )
  expect(recorded).toEqual([
    { subject: 'free', before: 0, after: 5 },
    { subject: 'free', before: 5, after: 9 },
  ])
})
