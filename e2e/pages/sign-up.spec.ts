import { randomUUID } from 'node:crypto'
import { expect, refusal, test } from '../fixtures/pages'

test('says at each field what is wrong, and keeps all but the password', async ({ page }) => {
  await page.goto('/signup')
  await page.getByLabel('Name').fill('  ')
  await page.getByLabel('Email').fill('ada at example.com')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Sign up' }).click()

  await expect(refusal(page)).toContainText('3 things need your attention.')
  await expect(page).toHaveURL('/signup')
  const fields = [
    { label: 'Name', says: /Enter your name\./, keeps: '  ' },
    { label: 'Email', says: /Enter an email address/, keeps: 'ada at example.com' },
    { label: 'Password', says: /Use at least 8 characters\./, keeps: '' },
  ]
  for (const { label, says, keeps } of fields) {
    const field = page.getByLabel(label)
    await expect(field).toHaveAccessibleDescription(says)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    if (label !== 'Password') await expect(field).toHaveValue(keeps)
  }
})

test('never sends a password back to the page', async ({ page }) => {
  const secret = `secret ${randomUUID()}`
  const bodies: Promise<string>[] = []
  page.on('response', (response) => bodies.push(response.text().catch(() => '')))
  await page.goto('/signup')
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(refusal(page)).toBeVisible()
  expect((await Promise.all(bodies)).filter((body) => body.includes(secret))).toEqual([])
  expect(await page.content()).not.toContain(secret)
})

test('each sentence of the summary leads to its field', async ({ page }) => {
  await page.goto('/signup')
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Email').fill('ada')
  await page.getByLabel('Password').fill('long enough for anybody')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await refusal(page)
    .getByRole('link', { name: /Enter an email address/ })
    .click()
  await expect(page.getByLabel('Email')).toBeFocused()
})

test('takes an address once, however it is written', async ({ page, writer }) => {
  await page.goto('/signup')
  await page.getByLabel('Name').fill('Ada again')
  await page.getByLabel('Email').fill(`  ${writer.email.toUpperCase()} `)
  await page.getByLabel('Password').fill('long enough for anybody')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(refusal(page)).toContainText('has an account already')
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/Log in instead/)
  await expect(page.getByLabel('Name')).toHaveValue('Ada again')
  await page.goto('/dashboard')
  await expect(page).toHaveURL(/\/login/)
})
