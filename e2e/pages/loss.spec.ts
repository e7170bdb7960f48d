import type { Page } from '@playwright/test'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor } from '../fixtures/factories'
import {
  alertOn,
  expectTyped,
  type Form,
  fill,
  formOf,
  forms,
  makeStale,
  NO_ROWS,
  send,
} from '../fixtures/loss/forms'
import { answered, expect, test } from '../fixtures/pages'

/**
 * Each failure that a submitted form can meet × each form that holds somebody's writing × JavaScript on and off: what was
 * typed is on the page afterwards. Those that a test can bring upon all forms at once are in `loss-elsewhere` and
 * `loss-server`. (A collision meets the post's form alone: `post-twice`. A post that was deleted meanwhile: `drafts-elsewhere`.)
 */
for (const [name, { isPublic, file }] of Object.entries(forms(NO_ROWS))) {
  test.describe(name, () => {
    let form: Form

    test.beforeEach(async ({ signedIn, page, context }) => {
      form = await formOf(name, signedIn)
      if (isPublic) await context.clearCookies()
      await page.goto(form.path)
    })

    test('what is not valid', async ({ page }) => {
      const [label, wrong] = form.invalid
      form = { ...form, typed: { ...form.typed, [label]: wrong } }
      await fill(page, form)
      await send(page, form)
      await expect(alertOn(page)).toBeVisible()
      await expectTyped(page, form)
    })

    test('a session that has ended', async ({
      page,
      context,
      signedIn,
      javaScriptEnabled,
      expectedErrors,
    }) => {
      test.skip(!!isPublic, 'it needs none')
      expectedErrors.push(answered(401))
      await fill(page, form)
      const cookies = await context.cookies()
      if (!javaScriptEnabled) {
        await context.clearCookies()
        await send(page, form)
        await expect(alertOn(page)).toContainText('session has ended')
        await expectTyped(page, form)
        await context.addCookies(cookies)
      }
      // Its cookie is there, and the session is not.
      await query(sql`DELETE FROM sessions WHERE user_id = ${signedIn.userId}`)
      await send(page, form)
      await expect(alertOn(page)).toContainText(/logged out|session has ended/)
      await expectTyped(page, form)
      // Logged in again in another tab, it is sent after all.
      const { name, value } = await createCookieFor(signedIn)
      await context.addCookies([{ name, value, url: PRODUCT.url, httpOnly: true, sameSite: 'Lax' }])
      await send(page, form)
      await expect(page.getByText(/logged out|session has ended/)).toHaveCount(0)
    })

    test('a deploy that took its action', async ({ page, javaScriptEnabled, expectedErrors }) => {
      test.skip(!!file, 'it has none')
      expectedErrors.push(answered(409))
      await makeStale(page, javaScriptEnabled ?? true)
      await fill(page, form)
      await send(page, form)
      await expect(alertOn(page)).toContainText(/updated since|earlier version/)
      await expectTyped(page, form)
      if (!javaScriptEnabled) return
      await page.unrouteAll()
      await page.reload()
      await expectTyped(page, form)
    })

    test('a network that is gone', async ({ page, context, javaScriptEnabled, expectedErrors }) => {
      // A visitor has few tries a day, and others try, too.
      test.skip(name === 'what is tried' && !javaScriptEnabled, 'it would be tried for good')
      const [first = ''] = Object.keys(form.typed)
      expectedErrors.push('ERR_INTERNET_DISCONNECTED', answered(401))
      await fill(page, form)
      await context.setOffline(true)
      await send(page, form)
      // A file is sent by the browser itself in any case.
      if (javaScriptEnabled && !file) {
        await expect(alertOn(page)).toContainText('could not be reached')
      } else {
        // What is shown is the browser’s own page, and loading that again sends the form once more.
        await expect(page.getByLabel(first)).toHaveCount(0)
        await context.setOffline(false)
        await page.reload()
        await page.waitForLoadState()
        const shown = await textOn(page)
        for (const [label, text] of Object.entries(form.typed))
          expect(shown, label).toContain(text.replace(/\s+/g, ' '))
        return
      }
      await expectTyped(page, form)
    })
  })
}

/** All that is to be read on a page, in its fields, too. */
async function textOn(page: Page): Promise<string> {
  const fields = await page
    .locator('input, textarea')
    .evaluateAll((all) => (all as HTMLInputElement[]).map(({ value }) => value))
  const text = await page.locator('body').evaluate((body) => {
    const copy = body.cloneNode(true) as HTMLElement
    // They hold all of it, and nobody reads them.
    for (const script of copy.querySelectorAll('script')) script.remove()
    return copy.textContent
  })
  return [text, ...fields].join(' ').replace(/\s+/g, ' ')
}
