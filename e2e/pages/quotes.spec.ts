import { expect, test } from '../fixtures/own-product'
import { generateButton, receipt, refusal } from '../fixtures/pages'
import { ask } from '../fixtures/product'
import { booksOf } from '../fixtures/stranger'

test('a price that was raised since the form was made is asked about again', async ({
  page,
  startAsOperator,
}) => {
  test.slow()
  // Prices are everybody's, so this is done where nobody else is.
  const { url, dataDir } = await startAsOperator()
  const [operator] = await ask<{ id: string }>(dataDir, 'SELECT id FROM users')
  const traces = async () => ({
    generations: await ask(dataDir, 'SELECT FROM generations'),
    attempts: await ask(dataDir, 'SELECT FROM attempts'),
    uses: await ask(dataDir, 'SELECT FROM daily_uses'),
    books: await booksOf(dataDir, operator?.id ?? ''),
  })
  await page.goto(`${url}/dashboard/generate`)
  await expect(generateButton(page)).toHaveText('Generate for up to 4 credits')
  await page.getByLabel('Prompt').fill('A lighthouse')

  await ask(dataDir, `UPDATE tool_policies SET hold = 5 WHERE tool = 'draft' AND tier = 'free'`)
  await generateButton(page).click()
  await expect(refusal(page)).toContainText('The price is 5 credits by now')
  await expect(page.getByLabel('Prompt')).toHaveValue('A lighthouse')
  await expect(generateButton(page)).toHaveText('Generate for up to 5 credits')
  const untouched = { generations: [], attempts: [], uses: [], books: { credits: 20, ledger: 20 } }
  expect(await traces()).toEqual(untouched)

  await generateButton(page).click()
  await page.waitForURL(/\/dashboard\/generations\/[\w-]{36}$/)
  expect(await receipt(page)).toMatchObject({ 'Held before it started': '5 credits' })
})
