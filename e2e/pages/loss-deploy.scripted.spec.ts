import { alertOn, expectTyped, fill, formOf, LONG, makeStale, PICTURE, send } from '../fixtures/loss/forms'
import { addPicture, answered, expect, test } from '../fixtures/pages'

/** After a deploy, without leaving the page: see `loss`. Without JavaScript a form comes back on a page of its own. */

test('a form is found again after a deploy, whatever has come to stand above it', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(409))
  await page.goto((await formOf('a post', signedIn)).path)
  await makeStale(page, true)
  await page.getByLabel('Content').fill(LONG)
  await expect(page.getByText('A private draft was kept')).toBeVisible()
  await page.getByText('Write with the model').click()
  await page.getByLabel('Prompt').fill('No draft has this.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(alertOn(page)).toContainText('updated since')
  await page.unrouteAll()
  await page.reload()
  await expect(page.getByRole('button', { name: 'Discard it' })).toBeVisible()
  await expect(page.getByLabel('Prompt')).toHaveValue('No draft has this.')
})

test('words typed for a picture come back to that picture after a deploy, though there is a newer one', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(409))
  const form = await formOf('the alt text of a picture', signedIn)
  await page.goto(form.path)
  await makeStale(page, true)
  await fill(page, form)
  await send(page, form)
  await expect(alertOn(page)).toContainText('updated since')
  await page.unrouteAll()
  await addPicture(signedIn, 'newer.png')
  await page.reload()
  await expectTyped(page, form)
  const newer = page.getByRole('listitem').filter({ hasText: 'newer.png' })
  await expect(newer.getByLabel('Alt text')).toHaveValue('')
  await expect(page.getByRole('listitem').filter({ hasText: PICTURE })).toHaveCount(1)
})
