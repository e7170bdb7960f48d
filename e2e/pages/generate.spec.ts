import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { expect, generate, generateButton, openAs, receipt, refusal, test } from '../fixtures/pages'

const text = 'Marta has kept the lighthouse for thirty years. The night of the storm was different.'

const tools = [
  {
    tool: 'draft',
    prompt: 'A lighthouse',
    text: '',
    price: 'up to 4 credits',
    says: 'climbed the hundred and twelve steps',
  },
  { tool: 'rewrite', prompt: 'Shorter', text, price: 'up to 2 credits', says: 'Her knees did.' },
  {
    tool: 'summarize',
    prompt: '',
    text,
    price: '1 credit',
    says: 'They leave her a brass compass as thanks.',
  },
  { tool: 'titles', prompt: '', text, price: '1 credit', says: 'The Night the Radio Died' },
]

for (const { tool, price, says, ...input } of tools) {
  test(`${tool}: the price is on the button, and what was delivered is charged`, async ({
    page,
    signedIn: _,
    javaScriptEnabled,
  }) => {
    await page.goto(`/dashboard/generate?tool=${tool}`)
    await expect(page.getByLabel('Tool')).toHaveValue(tool)
    // Without JavaScript the button can't follow the choice: it says the most that any tool costs.
    await expect(generateButton(page)).toHaveText(
      `Generate for ${javaScriptEnabled ? price : 'up to 4 credits'}`,
    )
    await expect(page.getByLabel('Tool').locator(':checked')).toContainText(price)
    await generate(page, { tool, ...input })
    expect(await receipt(page)).toMatchObject({
      'Held before it started': price.replace('up to ', ''),
      'Charged for what was delivered': '1 credit',
      'Balance afterwards': '19 credits',
    })
    await expect(page.getByRole('main')).toContainText(says)
  })
}

test('the price on the button follows the tool', async ({ page, signedIn: _, javaScriptEnabled }) => {
  await page.goto('/dashboard/generate')
  await page.getByLabel('Tool').selectOption('titles')
  const price = javaScriptEnabled ? '1 credit' : 'up to 4 credits'
  await expect(generateButton(page)).toHaveText(`Generate for ${price}`)
})

test('what is missing is said at its field, and the rest is kept', async ({ page, signedIn }) => {
  await page.goto('/dashboard/generate')
  await page.getByLabel('Tool').selectOption('rewrite')
  await page.getByLabel('Prompt').fill('Make it shorter')
  await generateButton(page).click()
  await expect(refusal(page)).toContainText('One thing needs your attention.')
  await expect(page.getByLabel('Text')).toHaveAccessibleDescription(/Paste the passage to rewrite\./)
  await expect(page.getByLabel('Prompt')).toHaveValue('Make it shorter')
  await expect(page.getByLabel('Tool')).toHaveValue('rewrite')
  expect(await generationsOf(signedIn.userId)).toEqual([])
})

test('too few credits: it says what is needed and what there is, and keeps the prompt', async ({
  browser,
}) => {
  const poor = await createPerson({ credits: 3 })
  const page = await openAs(browser, poor)
  await page.goto('/dashboard/generate')
  await page.getByLabel('Prompt').fill('A lighthouse')
  await generateButton(page).click()
  await expect(refusal(page)).toHaveText('This needs 4 credits and 3 are available.')
  await expect(page.getByLabel('Prompt')).toHaveValue('A lighthouse')
  expect(await generationsOf(poor.userId)).toEqual([])
  await page.context().close()
})

async function generationsOf(userId: string) {
  return query(sql`SELECT status FROM generations WHERE owner_id = ${userId}`)
}
