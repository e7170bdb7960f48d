import { randomUUID } from 'node:crypto'
import { expectBooksToBalance } from '../fixtures/books'
import { BASIC } from '../fixtures/env'
import { makeGate } from '../fixtures/model-calls'
import { expect, generate, openAs, receipt, signUp, test } from '../fixtures/pages'

test('the text is there as it arrives, and the receipt when it is done', async ({ page, signedIn: _ }) => {
  const { marker, open } = makeGate()
  await generate(page, { prompt: `A lighthouse ${marker}` })
  const main = page.getByRole('main')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  // Without JavaScript, what has arrived is there at the next refresh.
  await expect(main).toContainText('Every evening at dusk')
  await expect(main).not.toContainText('out to sea.')
  await open()
  expect(await receipt(page)).toMatchObject({ 'Charged for what was delivered': '1 credit' })
  await expect(main).toContainText('out to sea.')
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0)
  await expect(main.getByRole('heading', { name: 'The Lighthouse Keeper' })).toBeVisible()
})

test('a page opened anew while it runs goes on where it is', async ({ page, browser, signedIn }) => {
  const { marker, open } = makeGate()
  await generate(page, { prompt: `A lighthouse ${marker}` })
  await page.reload()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  const other = await openAs(browser, signedIn)
  await other.goto(page.url())
  await expect(other.getByRole('main')).toContainText('Every evening at dusk')
  await open()
  for (const each of [page, other]) {
    await receipt(each)
    const text = await each.getByRole('main').textContent()
    expect(text?.match(/hundred and twelve steps/g)).toHaveLength(1)
    expect(text).toContain('out to sea.')
  }
  await other.context().close()
})

test('Stop keeps what was delivered, and charges for that', async ({ page, signedIn }) => {
  await generate(page, { prompt: `A lighthouse ${makeGate().marker}` })
  await expect(page.getByRole('main')).toContainText('Every evening')
  await page.getByRole('button', { name: 'Stop' }).click()
  expect(await receipt(page)).toMatchObject({
    'Held before it started': '4 credits',
    'Charged for what was delivered': '1 credit',
    'Balance afterwards': '19 credits',
  })
  const main = page.getByRole('main')
  await expect(main).toContainText('Stopped')
  await expect(main).toContainText('Every evening')
  await expect(main).not.toContainText('out to sea.')
  await expectBooksToBalance(signedIn.userId, 19)
  await page.getByRole('button', { name: 'Save as post' }).click()
  await expect(page.getByLabel('Content')).toHaveValue(/Every evening/)
})

const failures = [
  { how: 'refuses', marker: '[[fail:500]]', kept: '', says: 'The model failed.' },
  {
    how: 'is cut off',
    marker: '[[fail:cut]] [[delay:20]]',
    kept: 'Every evening',
    says: 'The model failed.',
  },
  {
    how: 'falls silent',
    marker: '[[fail:stall]]',
    kept: 'Every evening',
    says: 'The model was silent for too long.',
  },
]
for (const { how, marker, kept, says } of failures) {
  test(`a provider that ${how}: says so, charges nothing, keeps what came`, async ({ page, signedIn }) => {
    await generate(page, { prompt: `A lighthouse ${marker}` })
    expect(await receipt(page)).toMatchObject({
      'Charged for what was delivered': '0 credits',
      'Given back': '4 credits',
      'Balance afterwards': '20 credits',
    })
    const main = page.getByRole('main')
    await expect(main).toContainText(says)
    await expect(main).toContainText('Nothing was charged')
    await expect(main).toContainText(kept)
    await expect(main).not.toContainText('sk-leaked-secret')
    await expect(page.getByRole('button', { name: 'Save as post' })).toHaveCount(kept ? 1 : 0)
    await expectBooksToBalance(signedIn.userId, 20)
  })
}

test('with no model connected, the basic engine is labelled wherever it shows', async ({ page }) => {
  await signUp(page, { name: 'Ada', email: `ada-${randomUUID()}@example.com` }, BASIC.url)

  await generate(
    page,
    {
      tool: 'summarize',
      text: 'Marta keeps the lighthouse. She climbs the steps each evening. The lamp of the lighthouse is old. The harbour sleeps.',
    },
    BASIC.url,
  )
  await receipt(page)
  await expect(page.getByText('Basic (no AI model)')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Generated text' })).toContainText('lighthouse')
  await page.goto(`${BASIC.url}/dashboard/generate`)
  await expect(page.getByText('Basic (no AI model)')).toBeVisible()
})
