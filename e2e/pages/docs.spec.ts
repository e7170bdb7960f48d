import { ERRORS, type ErrorCode } from '@/lib/errors'
import { openApiDocument } from '@/lib/openapi/document'
import { read } from '@/lib/openapi/reference'
import { answered, expect, test } from '../fixtures/pages'
import { overflow, unnamed } from '../fixtures/structure'

const { calls } = read(openApiDocument())

test('the reference describes every call, with examples in three languages', async ({ visitor }) => {
  await visitor.goto('/docs/api')
  await expect(visitor).toHaveTitle('API reference · Inkwell')
  expect(calls.length).toBeGreaterThanOrEqual(18)
  for (const { id, summary, method, path } of calls) {
    const article = visitor.getByRole('article', { name: summary, exact: true })
    await expect(article, id).toContainText(`${method}${path}`)
    await expect(article.locator('figure[data-language]'), id).toHaveCount(3)
  }
})

test('the examples are in the language that is chosen', async ({ visitor }) => {
  await visitor.goto('/docs/api')
  const languages = visitor.getByRole('group', { name: 'Language of the examples' })
  const shown = () =>
    visitor
      .locator('figure[data-language]:visible')
      .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('data-language')))])
  expect(await shown()).toEqual(['curl'])
  for (const [name, language] of [
    ['Python', 'python'],
    ['JavaScript', 'javascript'],
    ['curl', 'curl'],
  ] as const) {
    await languages.getByRole('radio', { name }).check()
    expect(await shown()).toEqual([language])
  }
})

test('every link on the page leads somewhere, and no two places have one name', async ({ visitor }) => {
  await visitor.goto('/docs/api')
  const ids = await visitor.locator('[id]').evaluateAll((all) => all.map(({ id }) => id))
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  const links = await visitor
    .locator('a[href^="#"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')?.slice(1) ?? ''))
  expect(links.length).toBeGreaterThan(100)
  expect(links.filter((link) => !ids.includes(link))).toEqual([])
})

test('the type of a problem leads to what it means', async ({ visitor }) => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    await visitor.goto(`/docs/api#${code}`)
    const article = visitor.getByRole('article', { name: new RegExp(`^${code} ${ERRORS[code].status}`) })
    await expect(article, code).toBeInViewport()
  }
})

test('it is found from the public pages and from the keys', async ({ page, visitor, signedIn: _ }) => {
  await visitor.goto('/')
  await visitor.getByRole('contentinfo').getByRole('link', { name: 'API reference' }).click()
  await expect(visitor.getByRole('heading', { level: 1, name: 'API reference' })).toBeVisible()
  await page.goto('/dashboard/settings')
  await page.getByRole('link', { name: 'API reference' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API reference' })).toBeVisible()
})

for (const width of [390, 1280]) {
  test(`on a screen of ${width} px it fits, its contents lead into it, and all has a name`, async ({
    visitor,
  }) => {
    await visitor.setViewportSize({ width, height: 844 })
    await visitor.goto('/docs/api')
    expect(await overflow(visitor)).toEqual([])
    expect(await unnamed(visitor)).toEqual([])
    const contents = visitor.getByRole('navigation', { name: 'On this page' })
    if (width < 1024) await visitor.getByText('On this page').first().click()
    await contents.getByRole('link', { name: 'Change a post' }).click()
    await expect(visitor.getByRole('heading', { name: 'Change a post' })).toBeInViewport()
  })
}

test('an example can be copied', async ({ visitor, javaScriptEnabled }) => {
  await visitor.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await visitor.goto('/docs/api')
  const button = visitor.getByRole('button', { name: 'Copy: List posts, curl' })
  if (!javaScriptEnabled) return expect(button).toBeHidden()
  await button.click()
  await expect(visitor.getByRole('button', { name: 'Copied: List posts, curl' })).toBeVisible()
  expect(await visitor.evaluate(() => navigator.clipboard.readText())).toContain('$INKWELL/api/posts')
})

test('where a page may not write to the clipboard, the example is selected', async ({
  visitor,
  javaScriptEnabled,
}) => {
  await visitor.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await visitor.goto('/docs/api')
  const button = visitor.getByRole('button', { name: 'Copy: List posts, curl' })
  if (!javaScriptEnabled) return expect(button).toBeHidden()
  await button.click()
  expect(await visitor.evaluate(() => getSelection()?.toString())).toContain('$INKWELL/api/posts')
})

test('there is no other page of documentation', async ({ page, expectedErrors }) => {
  expectedErrors.push(answered(404))
  expect((await page.goto('/docs/other'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
