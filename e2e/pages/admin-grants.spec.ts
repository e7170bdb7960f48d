import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { expectBooksToBalance } from '../fixtures/books'
import { expect, findUser, recordedOf, test } from '../fixtures/operator'
import { hiddenFields, openAs, refusal } from '../fixtures/pages'

const giftsOf = (userId: string) =>
  query<{ amount: number; reason: string }>(sql`
    SELECT amount, reason FROM ledger_entries WHERE user_id = ${userId} AND ref LIKE 'operator:%' ORDER BY id`)

test('a double click on Grant credits grants once, and a second grant is another', async ({
  page,
  browser,
  operator,
  ada,
}) => {
  await findUser(page, ada.email)
  await page.getByLabel('Credits').fill('50')
  await page.getByLabel('Reason').fill('For the July issue')
  await page.getByRole('button', { name: 'Grant credits' }).dblclick()
  const said = page.getByRole('status').filter({ hasText: '50 credits granted. The balance is 70 credits.' })
  await expect(said).toBeVisible()
  await expect(page.getByLabel('Credits')).toHaveValue('')
  await expect(page.getByLabel('Reason')).toHaveValue('')
  await expectBooksToBalance(ada.userId, 70)
  await expect(page.getByRole('table', { name: 'Ledger' })).toContainText('For the July issue')
  await expect(page.getByRole('table', { name: 'Users' })).toContainText('70')

  await page.getByLabel('Credits').fill('50')
  await page.getByLabel('Reason').fill('For the July issue')
  await page.getByRole('button', { name: 'Grant credits' }).click()
  await expect(page.getByText('The balance is 120 credits.')).toBeVisible()
  await expectBooksToBalance(ada.userId, 120)
  const reason = 'For the July issue'
  expect(await giftsOf(ada.userId)).toEqual([
    { amount: 50, reason },
    { amount: 50, reason },
  ])
  expect(await recordedOf(operator, ada.email)).toEqual([
    { action: 'grant', before: { credits: 20 }, after: { credits: 70, reason } },
    { action: 'grant', before: { credits: 70 }, after: { credits: 120, reason } },
  ])
  const hers = await openAs(browser, ada)
  await hers.goto('/dashboard/credits')
  await expect(hers.getByRole('main')).toContainText('For the July issue')
  await hers.context().close()
})

test('the same form sent again is the same grant, and gets the same answer', async ({
  page,
  operator,
  ada,
}) => {
  await page.goto(`/admin/users/${ada.userId}`)
  const fields = await hiddenFields(page.locator('form:has([name=credits])'))
  const send = (more: Record<string, string>) =>
    page.request.post(page.url(), {
      multipart: { ...fields, credits: '5', reason: 'A prize', ...more },
      headers: { Origin: new URL(page.url()).origin },
    })
  const answers = await Promise.all(Array.from({ length: 6 }, () => send({})))
  for (const answer of answers) {
    expect(answer.status()).toBe(200)
    expect(await answer.text()).toContain('5 credits granted. The balance is 25 credits.')
  }
  await expectBooksToBalance(ada.userId, 25)
  expect(await recordedOf(operator, ada.email)).toHaveLength(1)
  // Gone back to and changed, it is another one.
  expect(await (await send({ credits: '6' })).text()).toContain('The balance is 31 credits.')
  expect(await (await send({})).text()).toContain('The balance is 25 credits.')
  await expectBooksToBalance(ada.userId, 31)

  expect(await (await send({ attempt: '' })).text()).toContain('Open this page again')
  expect(await (await send({ userId: newId() })).text()).toContain('There is no such account.')
  await expectBooksToBalance(ada.userId, 31)
  expect(await recordedOf(operator, ada.email)).toHaveLength(2)
})

test('what is wrong is said at its field, what was typed stays, and nothing is given', async ({
  page,
  operator,
  ada,
}) => {
  await findUser(page, ada.email)
  await page.getByLabel('Credits').fill('2.5')
  await page.getByLabel('Reason').fill('  ')
  await page.getByRole('button', { name: 'Grant credits' }).click()
  await expect(refusal(page)).toContainText('2 things need your attention.')
  await expect(page.getByLabel('Credits')).toHaveAccessibleDescription(
    /Enter a whole number from 1 to 1000000\./,
  )
  await expect(page.getByLabel('Credits')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Credits')).toHaveValue('2.5')
  await expect(page.getByLabel('Reason')).toHaveAccessibleDescription(/Say what they are for/)
  await page.getByLabel('Credits').fill('7')
  await page.getByLabel('Reason').fill('x'.repeat(201))
  await page.getByRole('button', { name: 'Grant credits' }).click()
  await expect(page.getByLabel('Reason')).toHaveAccessibleDescription(/At most 200 characters\./)
  await expect(page.getByLabel('Credits')).toHaveValue('7')
  await page.getByLabel('Reason').fill('A prize')
  await page.getByRole('button', { name: 'Grant credits' }).click()
  await expect(page.getByText('The balance is 27 credits.')).toBeVisible()
  await expectBooksToBalance(ada.userId, 27)
  expect(await recordedOf(operator, ada.email)).toHaveLength(1)
})

test('a balance too large to keep is refused, not broken', async ({ page, operator, ada }) => {
  await query(sql`UPDATE users SET credits = 2147483600 WHERE id = ${ada.userId}`)
  await findUser(page, ada.email)
  await page.getByLabel('Credits').fill('1000')
  await page.getByLabel('Reason').fill('Too much')
  await page.getByRole('button', { name: 'Grant credits' }).click()
  await expect(page.getByLabel('Credits')).toHaveAccessibleDescription(/larger than can be kept/)
  expect(await recordedOf(operator, ada.email)).toEqual([])
  await query(sql`UPDATE users SET credits = 20 WHERE id = ${ada.userId}`)
  await expectBooksToBalance(ada.userId, 20)
})
