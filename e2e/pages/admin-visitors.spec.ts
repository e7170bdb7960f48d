import { expect, test } from '../fixtures/own-product'
import { ask } from '../fixtures/product'
import { apiWith } from '../fixtures/test'

test('the budget of all visitors together can be lifted and set, and bites at once', async ({
  page,
  startAsOperator,
}) => {
  test.slow()
  const { url, dataDir } = await startAsOperator()
  const form = page.getByRole('form', { name: 'Visitors' })
  const budget = form.getByLabel('Daily budget')
  const save = async (tries: string) => {
    await page.goto(`${url}/admin/limits`)
    await budget.fill(tries)
    await form.getByRole('button', { name: 'Save' }).click()
    await expect(form.getByRole('status')).toContainText('Saved.')
    await expect(budget).toHaveValue(tries)
  }
  const tryIt = async () =>
    (
      await apiWith(null, url)('/api/generate', {
        method: 'POST',
        json: { tool: 'titles', text: 'The lamp was lit at dusk.' },
      })
    ).status
  const today = page.getByRole('main')

  await page.goto(`${url}/admin/limits`)
  await expect(budget).toHaveValue('300')
  expect(await tryIt()).toBe(200)

  await save('')
  await page.goto(`${url}/admin`)
  await expect(today.getByText('1 tries by visitors, who have no budget')).toBeVisible()
  await expect(today.getByRole('meter', { name: 'Tries of visitors today' })).toHaveCount(0)
  expect(await tryIt()).toBe(200)

  await save('2')
  await page.goto(`${url}/admin`)
  await expect(today.getByText('2 of 2 tries used by visitors')).toBeVisible()
  await expect(today.getByRole('meter', { name: 'Tries of visitors today' })).toBeVisible()
  expect(await tryIt()).toBe(429)
  await save('3')
  expect(await tryIt()).toBe(200)

  const recorded = await ask(
    dataDir,
    `SELECT subject, before -> 'daily budget' AS before, after -> 'daily budget' AS after
     FROM operator_actions WHERE action = 'prices' ORDER BY created_at, id`,
  )
  expect(recorded).toEqual([
    { subject: 'anonymous', before: 300, after: null },
    { subject: 'anonymous', before: null, after: 2 },
    { subject: 'anonymous', before: 2, after: 3 },
  ])
})
