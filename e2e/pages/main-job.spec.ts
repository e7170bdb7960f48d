import { randomUUID } from 'node:crypto'
import { answered, expect, generateButton, receipt, test } from '../fixtures/pages'

test('a writer signs up, lets a draft be written, publishes it and changes their mind', async ({
  page,
  visitor,
  expectedErrors,
}) => {
  test.slow()
  expectedErrors.push(answered(404))
  const title = `The Lighthouse Keeper ${randomUUID().slice(0, 8)}`

  await page.goto('/')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Name').fill('Marta Voss')
  await page.getByLabel('Email').fill(`marta-${randomUUID()}@example.com`)
  await page.getByLabel('Password').fill('three short and one long')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.waitForURL('/dashboard')
  await expect(page.getByText('20 credits', { exact: true })).toBeVisible()

  await page.getByRole('main').getByRole('link', { name: 'Generate', exact: true }).click()
  await page.getByLabel('Prompt').fill('A keeper of a lighthouse')
  await expect(generateButton(page)).toHaveText('Generate for up to 4 credits')
  await generateButton(page).click()
  await page.waitForURL(/\/dashboard\/generations\//)
  expect(await receipt(page)).toMatchObject({
    'Held before it started': '4 credits',
    'Charged for what was delivered': '1 credit',
    'Given back': '3 credits',
    'Balance afterwards': '19 credits',
  })
  await expect(page.getByText('points, as it should, out to sea.')).toBeVisible()

  await page.getByRole('button', { name: 'Save as post' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Title')).toHaveValue('The Lighthouse Keeper')
  await page.getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByRole('button', { name: 'Unpublish' })).toBeVisible()

  await visitor.goto('/posts')
  await visitor.getByRole('link', { name: title }).click()
  await visitor.waitForURL(/\/posts\/the-lighthouse-keeper-/)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(visitor.getByText('climbed the hundred and twelve steps')).toBeVisible()

  await page.getByLabel('Content').fill('She moved to the *mountains*.')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByText('She moved to the mountains.')).toBeVisible()
  await expect(visitor.getByText('climbed the hundred')).toHaveCount(0)

  await page.getByRole('button', { name: 'Unpublish' }).click()
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeVisible()
  expect((await visitor.reload())?.status()).toBe(404)
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible()
  await visitor.goto('/posts')
  await expect(visitor.getByRole('link', { name: title })).toHaveCount(0)

  await page.getByRole('button', { name: 'Delete' }).click()
  await page.waitForURL(/\/dashboard\/posts\?deleted=/)
  await expect(page.getByRole('link', { name: title })).toHaveCount(0)
  await page.getByRole('button', { name: 'Put it back' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Content')).toHaveValue('She moved to the *mountains*.')
})
