import { draftsOf } from '../fixtures/drafts'
import { expect, test, writePost } from '../fixtures/pages'

/** How a draft is kept as it is typed: a browser without JavaScript keeps the page, and has none. */

const KEPT = /A private draft was kept at \d\d:\d\d/

test('it is kept on the server, and is there after the page was loaded again', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill('Typed')
  await page.getByLabel('Content').fill('Not saved by anybody.')
  await expect(page.getByText(KEPT)).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Content')).toHaveValue('Not saved by anybody.')
  await page.getByLabel('Content').fill('Not saved by anybody. And more.')
  await expect(page.getByText(KEPT)).toBeVisible()
  expect((await draftsOf(signedIn)).map(({ fields }) => fields.content)).toEqual([
    'Not saved by anybody. And more.',
  ])
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  expect(await draftsOf(signedIn)).toEqual([])
  // Saved twice on one page, it goes on being kept.
  await page.getByLabel('Content').fill('Changed.')
  await expect(page.getByText(KEPT)).toBeVisible()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  expect(await draftsOf(signedIn)).toEqual([])
  await page.getByLabel('Content').fill('Changed again.')
  await expect(page.getByText(KEPT)).toBeVisible()
})

test('typed on while it is being saved, the rest is a draft', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill('Slow line')
  await page.getByLabel('Content').fill('Sent.')
  const held = Promise.withResolvers<void>()
  await page.route('**/dashboard/posts/new*', async (route) => {
    if (route.request().method() === 'POST') await held.promise
    await route.continue()
  })
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && /posts\/new/.test(request.url()),
  )
  await page.getByRole('button', { name: 'Save draft' }).click()
  await sent
  await page.getByLabel('Content').fill('Sent. And typed meanwhile.')
  held.resolve()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect
    .poll(async () => (await draftsOf(signedIn)).map(({ fields }) => fields.content))
    .toEqual(['Sent. And typed meanwhile.'])
  // It is a change of the post that was made, and not the beginning of another.
  const postId = new URL(page.url()).pathname.split('/').at(-1)
  expect(await draftsOf(signedIn)).toMatchObject([{ postId, base: 1 }])
  await page.goto(`/dashboard/posts/${postId}`)
  await expect(page.getByLabel('Content')).toHaveValue('Sent. And typed meanwhile.')
})

test('saved in one tab, what another has typed since stays', async ({ page, context, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'Ours.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Content').fill('One tab.')
  await expect(page.getByText(KEPT)).toBeVisible()
  const other = await context.newPage()
  await other.goto(`/dashboard/posts/${post.id}`)
  await other.getByLabel('Content').fill('One tab, and another.')
  await expect(other.getByText(KEPT)).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  expect((await draftsOf(signedIn)).map(({ fields }) => fields.content)).toEqual(['One tab, and another.'])
  // And what was typed since the page was opened is discarded along with the rest.
  await other.reload()
  await other.getByRole('link', { name: 'What you changed in version 1' }).click()
  await other.getByLabel('Content').fill('One tab, and more.')
  await expect(other.getByText(KEPT)).toBeVisible()
  await other.getByRole('button', { name: 'Discard it' }).click()
  await other.waitForURL(/\?saved=/)
  expect(await draftsOf(signedIn)).toEqual([])
})

test('gone to another page and back, it is shown', async ({ page, signedIn, expectedErrors }) => {
  // Chromium looks for an icon of this name where a page leads on before its own is known.
  expectedErrors.push('/favicon.ico')
  const post = await writePost(signedIn, { title: 'Ours', content: 'Ours.' })
  for (const [path, way] of [
    [`/dashboard/posts/${post.id}`, 'History'],
    ['/dashboard/posts/new', 'Uploads'],
  ] as const) {
    await page.goto(path)
    await page.getByLabel('Content').fill(`Typed, and off to ${way}.`)
    await expect(page.getByText(KEPT)).toBeVisible()
    await page.getByRole('link', { name: way }).click()
    await expect(page.getByRole('heading', { name: way })).toBeVisible()
    await page.goBack()
    await expect(page.getByLabel('Content')).toHaveValue(`Typed, and off to ${way}.`)
    await expect(page.getByText('This is what you typed and did not save')).toBeVisible()
  }
  // Also where nothing has been kept yet when the page is left.
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Content').fill('Typed a moment ago.')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('Content')).toHaveValue('Typed a moment ago.')
})

test('a draft that never arrives holds up no save, nor does a full browser say that it keeps it', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('net::ERR_FAILED', 'net::ERR_ABORTED')
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  const post = await writePost(signedIn, { title: 'Ours', content: 'Ours.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.route('**/dashboard/posts/keep', (route) => route.abort(), { times: 1 })
  await page.getByLabel('Content').fill('Kept nowhere.')
  await expect(page.getByText('nor is it kept in this browser')).toBeVisible()
  const asked = page.waitForRequest('**/dashboard/posts/keep')
  await page.route('**/dashboard/posts/keep', () => {})
  await page.getByLabel('Content').fill('Kept nowhere, and saved.')
  await asked
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
})

test('offline it is kept in the browser, and on the server when it is back', async ({
  page,
  context,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('net::ERR_INTERNET_DISCONNECTED')
  const post = await writePost(signedIn, { title: 'Saved' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await context.setOffline(true)
  await page.getByLabel('Content').fill('Typed in a tunnel.')
  await expect(page.getByText('Kept in this browser: The server can’t be reached.')).toBeVisible()
  expect(await draftsOf(signedIn)).toEqual([])
  await context.setOffline(false)
  await expect(page.getByText(KEPT)).toBeVisible()
  expect((await draftsOf(signedIn)).map(({ fields }) => fields.content)).toEqual(['Typed in a tunnel.'])
})

test('after a crash it is put back, by the writer it belongs to', async ({
  page,
  context,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('net::ERR_FAILED')
  const post = await writePost(signedIn, { title: 'Saved' })
  await page.route('**/dashboard/posts/keep', (route) => route.abort())
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByLabel('Content').fill('The last words before the crash.')
  await expect(page.getByText('Kept in this browser')).toBeVisible()
  await page.close()
  expect(await draftsOf(signedIn)).toEqual([])

  const again = await context.newPage()
  await again.goto(`/dashboard/posts/${post.id}`)
  await expect(again.getByText('This is what you typed and did not save')).toBeVisible()
  await expect(again.getByLabel('Content')).toHaveValue('The last words before the crash.')
  await again.getByRole('button', { name: 'Save draft' }).click()
  await expect(again.getByText('Version 2')).toBeVisible()
})

test('before the page has come to life, it stays when that does, and is kept', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  let comeToLife = () => {}
  const scripts = new Promise<void>((resolve) => {
    comeToLife = resolve
  })
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await scripts
    await route.continue()
  })
  await page.goto(`/dashboard/posts/${post.id}`, { waitUntil: 'domcontentloaded' })
  await page.getByLabel('Title').fill('Typed early')
  await page.getByLabel('Content').fill('Typed on a slow connection.')
  comeToLife()
  await expect(page.getByText(KEPT)).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('Typed early')
  await expect(page.getByLabel('Content')).toHaveValue('Typed on a slow connection.')
  expect(await draftsOf(signedIn)).toMatchObject([{ fields: { content: 'Typed on a slow connection.' } }])
})

test('logged out, it stays in the browser until its writer is back', async ({
  page,
  context,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('401')
  const post = await writePost(signedIn, { title: 'Saved' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const cookies = await context.cookies()
  await context.clearCookies()
  await page.getByLabel('Content').fill('Typed by nobody.')
  await expect(page.getByText('Kept in this browser: You are logged out.')).toBeVisible()
  await context.addCookies(cookies)
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByText('This is what you typed and did not save')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('Typed by nobody.')
})
