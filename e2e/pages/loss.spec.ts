import type { BrowserContext, Page } from '@playwright/test'
import { bodyLimits } from '@/lib/body-limits'
import { createProject, listProjects } from '@/lib/services/projects'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { startCuttingProxy } from '../fixtures/cutting-proxy'
import { BASIC, PRODUCT } from '../fixtures/env'
import { createCookieFor } from '../fixtures/factories'
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
  /** It is for who is not logged in. */
  isPublic?: true
  /** What a field is called on a page of its own, where that is something else. */
  given?: Record<string, string>
  /** What it is sent with besides, and is never given back. */
  secret?: string
}

type Rows = { postId: string; projectId: string }

const forms = ({ postId, projectId }: Rows): Record<string, Form> => ({
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
  'a project that is there': {
    path: `/dashboard/projects/${projectId}`,
    button: 'Save project',
    typed: { Name: 'The harbour', Brief: LONG },
    invalid: ['Brief', 'x'.repeat(5_000)],
  },
  'the name of an account': {
    path: '/dashboard/settings',
    button: 'Save profile',
    typed: { Name: 'Ada of the lighthouse' },
    invalid: ['Name', 'x'.repeat(1_000)],
  },
  'an API key': {
    path: '/dashboard/settings',
    button: 'Create key',
    typed: { 'Key name': 'The mobile app' },
    given: { 'Key name': 'Name' },
    invalid: ['Key name', 'x'.repeat(1_000)],
  },
  'an upload’s alt text': {
    path: '/dashboard/uploads',
    button: 'Upload',
    typed: { 'Alt text': 'A lamp at dusk.' },
    given: { 'Alt text': 'Alt' },
    invalid: ['Alt text', 'x'.repeat(1_000)],
  },
  'signing up': {
    path: '/signup',
    button: 'Sign up',
    typed: { Name: 'Ada of the lighthouse', Email: 'ada@lighthouse' },
    invalid: ['Name', 'x'.repeat(1_000)],
    secret: 'Password',
    isPublic: true,
  },
  'logging in': {
    path: '/login',
    button: 'Log in',
    typed: { Email: 'nobody@example.org' },
    invalid: ['Email', 'nobody'],
    secret: 'Password',
    isPublic: true,
  },
  'what is tried': {
    path: '/',
    button: 'Try it',
    typed: { Text: LONG },
    invalid: ['Text', 'x'.repeat(200_000)],
    isPublic: true,
  },
})

/** What each kind of form is opened at. */
async function makeRows(viewer: Viewer): Promise<Rows> {
  const { id: postId } = await writePost(viewer, { title: 'Before', content: 'Before.' })
  await createProject(viewer, { name: 'Before', brief: 'Before.' }, null)
  const [project] = await listProjects(viewer)
  return { postId, projectId: project?.id ?? '' }
}

async function fill(page: Page, { typed, secret }: Form): Promise<void> {
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text)
  if (secret) await page.getByLabel(secret).fill('correct horse battery')
}

async function send(page: Page, { button }: Form): Promise<void> {
  const again = page.getByRole('button', { name: 'Send again' })
  const names = typeof button === 'string' ? { name: button, exact: true } : { name: button }
  await page.getByRole('button', names).or(again).click()
}

async function expectTyped(page: Page, { typed, given = {} }: Form): Promise<void> {
  const isOnItsOwn = (await page.locator('nav, main').count()) === 0
  for (const [label, text] of Object.entries(typed)) {
    const shownAs = isOnItsOwn ? (given[label] ?? label) : label
    await expect(page.getByLabel(shownAs, { exact: true }), label).toHaveValue(text)
  }
}

const alertOn = (page: Page) => page.getByRole('alert').filter({ hasText: /\w/ }).first()

/** A page of a form of a version that there is no more, as it was opened before a deploy. */
async function makeStale(page: Page, javaScriptEnabled: boolean): Promise<void> {
  if (javaScriptEnabled) {
    await page.route('**/*', (route) => {
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

const NO_ROWS: Rows = { postId: '', projectId: '' }

for (const [name, { isPublic }] of Object.entries(forms(NO_ROWS))) {
  test.describe(name, () => {
    let form: Form

    test.beforeEach(async ({ signedIn, page, context }) => {
      form = forms(isPublic ? NO_ROWS : await makeRows(signedIn))[name] as Form
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
      if (javaScriptEnabled) {
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

test('a form is found again after a deploy, whatever has come to stand above it', async ({
  page,
  signedIn,
  javaScriptEnabled,
  expectedErrors,
}) => {
  test.skip(javaScriptEnabled === false, 'it comes back on a page of its own')
  expectedErrors.push(answered(409))
  const { postId } = await makeRows(signedIn)
  await page.goto(`/dashboard/posts/${postId}`)
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

ownTest(
  'more than can be sent at once',
  async ({ page, startAsOperator, javaScriptEnabled, expectedErrors }) => {
    expectedErrors.push(answered(413), 'ERR_CONNECTION')
    // The limit follows this one; with that of a new install, the browser alone would need a minute to lay out the text.
    const fileMax = 65_536
    const limit = bodyLimits(fileMax).body
    const { url } = await startAsOperator({ UPLOAD_MAX_BYTES: String(fileMax) })
    const form = forms(NO_ROWS)['a new post'] as Form
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
  const rows = {
    postId: await makeBy(page, url, 'a new post'),
    projectId: await makeBy(page, url, 'a project'),
  }
  const all = Object.values(forms(rows)).filter(({ isPublic }) => !isPublic)
  const pages = await Promise.all(all.map((form) => openFilled(context, url, form)))
  await proxy.close()
  for (const [nth, form] of all.entries()) {
    const its = pages[nth] as Page
    await send(its, form)
    await expect(alertOn(its)).toContainText(/database|try again/i)
    await expectTyped(its, form)
  }
})

/** Sends a form that makes something, and opens that. @returns its id. */
async function makeBy(page: Page, url: string, name: 'a new post' | 'a project'): Promise<string> {
  const form = forms(NO_ROWS)[name] as Form
  await page.goto(`${url}${form.path}`)
  await fill(page, form)
  await send(page, form)
  if (name === 'a project') await page.getByRole('link', { name: 'The lighthouse' }).click()
  await page.waitForURL(/\/[\w-]{36}$/)
  return page.url().slice(-36)
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

async function openFilled(context: BrowserContext, url: string, form: Form): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}${form.path}`)
  await fill(page, form)
  return page
}
