import type { Page } from '@playwright/test'
import { expect, test, writePost } from '../fixtures/pages'

/** Opens a page whose scripts stay away until they are let in, and what of it is focused is a textarea then. */
async function openSlowly(page: Page, path: string): Promise<() => Promise<void>> {
  const arrived = Promise.withResolvers<void>()
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await arrived.promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'domcontentloaded' })
  return async () => {
    const isHydrated = () =>
      page.evaluate(() => Boolean(window.inkwellEarly?.hydrated.has(document.activeElement as Element)))
    expect(await isHydrated()).toBe(false)
    arrived.resolve()
    await expect.poll(isHydrated).toBe(true)
  }
}

test.describe('while the scripts of a page are on their way', () => {
  test('what is selected stays selected, and is what the next letter replaces', async ({
    page,
    signedIn,
  }) => {
    const post = await writePost(signedIn, { title: 'Bread', content: 'Flour.\n\nWater.' })
    const comeToLife = await openSlowly(page, `/dashboard/posts/${post.id}`)
    await page.getByLabel('Content').selectText()
    await page.getByLabel('Content').focus()
    await comeToLife()
    await page.keyboard.insertText('Salt.')
    await expect(page.getByLabel('Content')).toHaveValue('Salt.')
  })

  test('the caret stays where it was put, and what is typed there stays as well', async ({
    page,
    signedIn,
  }) => {
    const post = await writePost(signedIn, { title: 'Bread', content: 'Flour.\n\nWater.' })
    const comeToLife = await openSlowly(page, `/dashboard/posts/${post.id}`)
    await page.getByLabel('Content').focus()
    await page.keyboard.press('Control+Home')
    for (const _ of 'Flour') await page.keyboard.press('ArrowRight')
    await page.keyboard.insertText(', rye')
    await comeToLife()
    await page.keyboard.insertText(' or spelt')
    await expect(page.getByLabel('Content')).toHaveValue('Flour, rye or spelt.\n\nWater.')
  })

  test('what comes without the focus, as from dictation, stays as well', async ({ page, signedIn }) => {
    const post = await writePost(signedIn, { title: 'Bread', content: 'Flour.' })
    const comeToLife = await openSlowly(page, `/dashboard/posts/${post.id}`)
    await page.getByLabel('Content').evaluate((field: HTMLTextAreaElement) => {
      field.value = 'Flour, and water.'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await page.getByLabel('Excerpt').focus()
    await comeToLife()
    await expect(page.getByLabel('Content')).toHaveValue('Flour, and water.')
  })

  test('a visitor’s text stays as well', async ({ page }) => {
    const comeToLife = await openSlowly(page, '/')
    await page.getByRole('textbox', { name: 'Text' }).fill('The keeper of the lamp.')
    await comeToLife()
    await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue('The keeper of the lamp.')
    // It is a textarea like any other by now.
    await page.getByRole('textbox', { name: 'Text' }).fill('')
    await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue('')
  })
})
