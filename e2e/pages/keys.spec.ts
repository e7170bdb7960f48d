import { createKeyFor } from '../fixtures/factories'
import { expect, refusal, test } from '../fixtures/pages'
import { apiWith } from '../fixtures/test'

test('a key is made, seen once, works, and is revoked', async ({ page, signedIn }) => {
  await page.goto('/dashboard/settings')
  await expect(page.getByText('No keys yet')).toBeVisible()
  await page.getByLabel('Key name').fill('The static site')
  await page.getByRole('checkbox', { name: 'posts:read' }).check()
  await page.getByRole('checkbox', { name: 'usage:read' }).check()
  await page.getByLabel('Expiry').selectOption('After 30 days')
  await page.getByRole('button', { name: 'Create key' }).click()

  const key = (await page.getByTestId('new-key').textContent())?.trim() ?? ''
  expect(key).toMatch(/^ink_[\w-]{49}$/)
  const me = await apiWith(key)('/api/auth/me')
  expect(await me.json()).toMatchObject({ user: { email: signedIn.email } })
  expect(
    (await apiWith(key)('/api/posts', { method: 'POST', json: { title: 'No', content: '' } })).status,
  ).toBe(403)

  await page.goto('/dashboard/settings')
  expect(await page.content()).not.toContain(key)
  const row = page.getByRole('listitem').filter({ hasText: 'The static site' })
  await expect(row).toContainText('posts:read, usage:read')
  await expect(row).toContainText(/Expires \d+ \w+ \d{4}/)
  await row.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('No keys yet')).toBeVisible()
  const refused = await apiWith(key)('/api/auth/me')
  expect(refused.status).toBe(401)
  expect(refused.headers.get('www-authenticate')).toBe('Bearer')
})

test('a key needs a name and a scope; what was chosen stays', async ({ page, signedIn: _ }) => {
  await page.goto('/dashboard/settings')
  await page.getByLabel('Expiry').selectOption('Never')
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(refusal(page)).toContainText('2 things need your attention.')
  await expect(page.getByLabel('Key name')).toHaveAccessibleDescription(/Give the key a name\./)
  await expect(page.getByRole('group', { name: 'Scopes' })).toHaveAccessibleDescription(
    /Choose at least one scope\./,
  )
  await expect(page.getByLabel('Expiry')).toHaveValue('0')

  await page.getByRole('checkbox', { name: 'generate' }).check()
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('checkbox', { name: 'generate' })).toBeChecked()
  await expect(page.getByText('No keys yet')).toBeVisible()
})

test('a key is replaced while it is in use', async ({ page, signedIn }) => {
  const before = await createKeyFor(signedIn)
  const statusOf = async (key: string) => (await apiWith(key)('/api/auth/me')).status
  expect(await statusOf(before)).toBe(200)
  const rotate = async (overlap: string) => {
    await page.goto('/dashboard/settings')
    await page.getByText('Replace it by a new key').click()
    await page.getByLabel('The old key').selectOption(overlap)
    await page.getByRole('button', { name: 'Rotate' }).click()
    return (await page.getByTestId('new-key').textContent())?.trim() ?? ''
  }

  const second = await rotate('Works for an hour')
  expect(second).not.toBe(before)
  expect([await statusOf(before), await statusOf(second)]).toEqual([200, 200])
  await page.goto('/dashboard/settings')
  await expect(page.getByText('the key before works until')).toBeVisible()

  const third = await rotate('Ends at once')
  expect([await statusOf(before), await statusOf(second), await statusOf(third)]).toEqual([401, 401, 200])
  await page.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('No keys yet')).toBeVisible()
  expect(await statusOf(third)).toBe(401)
})

test('a key has a budget of its own', async ({ page, signedIn: _ }) => {
  await page.goto('/dashboard/settings')
  await page.getByLabel('Key name').fill('The mobile app')
  await page.getByRole('checkbox', { name: 'generate' }).check()
  await page.getByLabel('Budget').fill('a few')
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByLabel('Budget')).toHaveAccessibleDescription(/Whole credits\./)
  await expect(page.getByLabel('Budget')).toHaveValue('a few')
  await page.getByRole('checkbox', { name: 'generate' }).check()
  await page.getByLabel('Budget').fill('3')
  await page.getByRole('button', { name: 'Create key' }).click()
  const key = (await page.getByTestId('new-key').textContent())?.trim() ?? ''

  const spent = await apiWith(key)('/api/generate', {
    method: 'POST',
    json: { tool: 'titles', text: 'A lamp.' },
  })
  expect(spent.status).toBe(200)
  await page.goto('/dashboard/settings')
  await expect(page.getByText('1 of 3 credits spent')).toBeVisible()
})
