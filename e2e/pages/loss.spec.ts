import type { BrowserContext, Page } from '@playwright/test'
import { bodyLimits } from '@/lib/body-limits'
import { startCuttingProxy } from '../fixtures/cutting-proxy'
import { BASIC } from '../fixtures/env'
import { test as ownTest } from '../fixtures/own-product'
import { answered, expect, test, writePost } from '../fixtures/pages'
import { ask } from '../fixtures/product'

/**
 * Each failure that a submitted form can meet × each form that holds somebody's writing × JavaScript on and off: what was
 * typed is on the page afterwards. (A collision meets the post's form alone: `post-twice`. A post that was deleted
 * meanwhile: `drafts`.)
 */
const LONG = 'A long evening’s work: "quoted" & <marked>.\n\nIts second paragraph, with an emoji 🕯.'

type Form = {
  path: string
  button: string | RegExp
  typed: Record<string, string>
  invalid: [string, string]
}

const forms = (postId: string): Record<string, Form> => ({
  'a new post': {
    path: '/dashboard/posts/new',
    button: 'Save draft',
    typed: { Title: 'A title', Content: LONG, Excerpt: 'Said shortly.', Tags: 'one, two' },
    invalid: ['Title', ''],
  },
  'a post': {
    path: `/dashboard/posts/${postId}`,
    button: 'Save draft',
    typed: { Title: 'Another title', Content: LONG, Excerpt: 'Said shortly.', Tags: 'one' },
    invalid: ['Excerpt', 'x'.repeat(501)],
  },
  'a generation': {
    path: '/dashboard/generate',
    button: /^Generate for/,
    typed: { Prompt: 'Say it better.', Text: LONG },
    invalid: ['Prompt', 'x'.repeat(40_000)],
  },
  'a project': {
    path: '/dashboard/projects',
    button: 'Create project',
    typed: { Name: 'The lighthouse', Brief: LONG },
    invalid: ['Name', 'x'.repeat(1_000)],
  },
})

async function fill(page: Page, { typed }: Form): Promise<void> {
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text)
}

async function send(page: Page, { button }: Form): Promise<void> {
  await page.getByRole('button', { name: button }).click()
}

async function expectTyped(page: Page, { typed }: Form): Promise<void> {
  for (const [label, text] of Object.entries(typed))
    await expect(page.getByLabel(label, { exact: true }), label).toHaveValue(text)
}

const alertOn = (page: Page) => page.getByRole('alert').filter({ hasText: /\w/ }).first()

/** A page of a form of a version that there is no more, as it was opened before a deploy. */
async function makeStale(page: Page, javaScriptEnabled: boolean): Promise<void> {
  if (javaScriptEnabled) {
    await page.route('**/dashboard/**', (route) => {
      const headers = route.request().headers()
      const action = headers['next-action'] && { 'next-action': NOBODYS }
      return route.continue({ headers: { ...headers, ...action } })
    })
    return
  }
  await page.locator('input[name$=":0"]').evaluateAll((inputs, id) => {
    for (const input of inputs as HTMLInputElement[])
      input.value = input.value.replace(/"id":"\w+"/, `"id":"${id}"`)
  }, NOBODYS)
}

/** The name of an action as Next.js makes them, of none. */
const NOBODYS = `7f${'0'.repeat(40)}`

for (const name of Object.keys(forms(''))) {
  test.describe(name, () => {
    let form: Form

    test.beforeEach(async ({ signedIn, page }) => {
      const post = await writePost(signedIn, { title: 'Before', content: 'Before.' })
      form = forms(post.id)[name] as Form
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

    test('a session that has ended', async ({ page, context, expectedErrors }) => {
      expectedErrors.push(answered(401))
      await fill(page, form)
      await context.clearCookies()
      await send(page, form)
      await expect(alertOn(page)).toContainText(/logged out|session has ended/)
      await expectTyped(page, form)
    })

    test('a deploy that took its action', async ({ page, javaScriptEnabled, expectedErrors }) => {
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
      const [first = ''] = Object.keys(form.typed)
      expectedErrors.push('ERR_INTERNET_DISCONNECTED')
      await fill(page, form)
      await context.setOffline(true)
      await send(page, form)
      if (javaScriptEnabled) {
        await expect(alertOn(page)).toContainText('could not be reached')
      } else {
        // What is shown is the browser’s own page, and loading that again sends the form once more.
        await expect(page.getByLabel(first)).toHaveCount(0)
        await context.setOffline(false)
        await page.reload()
        await page.waitForLoadState()
        expect(await page.content()).toContain(form.typed[first])
        return
      }
      await expectTyped(page, form)
    })
  })
}

ownTest(
  'more than can be sent at once',
  async ({ page, startAsOperator, javaScriptEnabled, expectedErrors }) => {
    expectedErrors.push(answered(413), 'ERR_CONNECTION')
    // The limit follows this one; with that of a new install, the browser alone would need a minute to lay out the text.
    const fileMax = 65_536
    const limit = bodyLimits(fileMax).body
    const { url } = await startAsOperator({ UPLOAD_MAX_BYTES: String(fileMax) })
    const form = forms('')['a new post'] as Form
    await page.goto(`${url}${form.path}`)
    await fill(page, form)
    const huge = 2 * limit
    await page.getByLabel('Content').evaluate((field: HTMLTextAreaElement, length) => {
      field.value = 'x'.repeat(length)
    }, huge)
    await send(page, form)
    // The answer may come before all was sent, and is lost then with the connection.
    const said = javaScriptEnabled ? /more than can be sent|could not be reached/ : /at most 1 MB/
    await expect(alertOn(page)).toContainText(said)
    await expect(page.getByLabel('Title')).toHaveValue('A title')
    const left = await page.getByLabel('Content').evaluate((field: HTMLTextAreaElement) => field.value.length)
    if (javaScriptEnabled) expect(left).toBe(huge)
    // Next.js hands over no more of it than this.
    else expect(left).toBeGreaterThan(limit)
  },
)

ownTest('a database that is away', async ({ page, context, startAsOperator, expectedErrors }) => {
  expectedErrors.push('503', '500')
  const database = `loss_${Date.now()}_${test.info().parallelIndex}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${database}`)
  const proxy = await startCuttingProxy(BASIC.dataDir, 'nothing is cut', 0)
  const { url } = await startAsOperator({
    DATABASE_URL: `postgresql://inkwell@127.0.0.1:${proxy.port}/${database}`,
  })
  const all = Object.values(forms('new'))
  const pages = await Promise.all(all.map((form) => openFilled(context, url, form)))
  await proxy.close()
  for (const [nth, form] of all.entries()) {
    const its = pages[nth] as Page
    await send(its, form)
    await expect(alertOn(its)).toContainText(/database|try again/i)
    await expectTyped(its, form)
  }
  await page.close()
})

async function openFilled(context: BrowserContext, url: string, form: Form): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}${form.path}`)
  await fill(page, form)
  return page
}
