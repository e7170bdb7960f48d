import { newId } from '@/lib/ids'
import { deletePost, dropDraft, keepDraft, newDrafts, updatePost } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson } from '../fixtures/factories'
import { expect, test, writePost } from '../fixtures/pages'

const KEPT = /A private draft was kept at \d\d:\d\d/

const draftsOf = (viewer: Viewer) =>
  query<{ fields: { content: string }; postId: string | null; base: number }>(sql`
    SELECT fields, post_id AS "postId", base FROM post_drafts WHERE user_id = ${viewer.userId}`)

/** As an editor in another browser has kept it. */
const keep = (viewer: Viewer, postId: string | null, fields: Record<string, string>, base = 1) =>
  keepDraft(viewer, { id: newId(), sitting: newId(), revision: 0, postId, base, fields })

test('what was typed and not saved is there when the post is opened again, until it is saved', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  await keep(signedIn, post.id, { title: 'Typed', content: 'Typed.', excerpt: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByText('This is what you typed and did not save')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('Typed.')
  await expect(page.getByLabel('Title')).toHaveValue('Typed')
  await page.getByRole('link', { name: 'See what is saved' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('Saved.')
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await expect(page.getByText('This is what you typed')).toHaveCount(0)
  await expect(page.getByLabel('Content')).toHaveValue('Typed.')
  expect(await draftsOf(signedIn)).toEqual([])
})

test('a draft of a version that is no more the last one is offered, and meets it when it is saved', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'One.' })
  await keep(signedIn, post.id, { title: 'Saved', content: 'One, typed.', excerpt: '' })
  await query(sql`UPDATE posts SET version = 2, content = 'Two.' WHERE id = ${post.id}`)
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Content')).toHaveValue('Two.')
  await page.getByRole('link', { name: 'What you changed in version 1' }).click()
  await expect(page.getByText('This is what you typed and did not save')).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('region', { name: 'The other version' })).toContainText('Two.')
  await expect(page.getByLabel('Content')).toHaveValue('One, typed.')
})

test('what was restored or saved after all is shown, and not what was typed before it', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Ours', content: 'One.' })
  await updatePost(signedIn, post.id, { content: 'Two.' }, [1])
  await keep(signedIn, post.id, { title: 'Ours', content: 'Given up.', excerpt: '' }, 2)
  await page.goto(`/dashboard/posts/${post.id}/history`)
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('One.')
  await page.goto(`/dashboard/posts/${post.id}?saved=1`)
  await page.getByLabel('Content').fill('One, more.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 4')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('One, more.')
  await page.getByRole('link', { name: 'What you changed in version 2' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('Given up.')
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('One, more.')
  await expect(page.getByText('Typed here and not saved')).toHaveCount(0)
})

test('a draft is discarded when its writer says so', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  await keep(signedIn, post.id, { title: 'Saved', content: 'Typed.', excerpt: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByRole('button', { name: 'Discard it' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('Saved.')
  expect(await draftsOf(signedIn)).toEqual([])
})

test('what was typed at a new post is offered, to its writer alone', async ({ page, visitor, signedIn }) => {
  const { id } = await keep(signedIn, null, { title: 'Half a thought', content: 'It was', excerpt: '' }, 0)
  await page.goto('/dashboard/posts/new')
  await page.getByRole('link', { name: 'Half a thought' }).click()
  await expect(page.getByLabel('Content')).toHaveValue('It was')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  expect(await draftsOf(signedIn)).toEqual([])

  const secret = await keep(signedIn, null, { title: 'Mine', content: 'Mine alone.', excerpt: '' }, 0)
  const other = await createPerson()
  const { name, value } = await createCookieFor(other)
  await visitor.context().addCookies([{ name, value, url: PRODUCT.url }])
  await visitor.goto(`/dashboard/posts/new?draft=${secret.id}`)
  await expect(visitor.getByLabel('Content')).toHaveValue('')
  // Nor can the other write over it.
  const elsewhere = await keepDraft(other, {
    ...{ id: secret.id, sitting: newId(), revision: secret.revision, postId: null, base: 0 },
    fields: { content: 'Overwritten.' },
  })
  expect(elsewhere.id).not.toBe(secret.id)
  expect(await newDrafts(signedIn)).toMatchObject([{ id: secret.id, fields: { content: 'Mine alone.' } }])
  expect(id).not.toBe(secret.id)
})

test('two sittings at one post keep a draft each', async ({ signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved' })
  const [one, two] = [newId(), newId()]
  const at = (sitting: string, id: string, revision: number, content: string) =>
    keepDraft(signedIn, { id, sitting, revision, postId: post.id, base: 1, fields: { content } })
  const first = await at(one, newId(), 0, 'one')
  // The other has opened the post when this much was kept, and so goes on with it.
  const taken = await at(two, first.id, first.revision, 'two')
  expect(taken).toEqual({ id: first.id, revision: 2 })
  // The first does not know of it.
  const parted = await at(one, first.id, first.revision, 'one more')
  expect(parted.id).not.toBe(first.id)
  // Sent again for want of an answer, nothing is kept twice.
  expect((await at(two, first.id, 1, 'two more')).id).toBe(first.id)
  const contents = async () => (await draftsOf(signedIn)).map(({ fields }) => fields.content).sort()
  expect(await contents()).toEqual(['one more', 'two more'])
  // The first saves what it had kept at the beginning, and knows nothing of what is there by now.
  await dropDraft(signedIn, { ...first, sitting: one })
  expect(await contents()).toEqual(['one more', 'two more'])
  await dropDraft(await createPerson(), { id: first.id, sitting: two, revision: 3 })
  expect(await contents()).toEqual(['one more', 'two more'])
  await dropDraft(signedIn, { id: first.id, sitting: two, revision: 0 })
  expect(await contents()).toEqual(['one more'])
})

test('what somebody typed never becomes that of who has logged in since', async ({
  page,
  context,
  signedIn,
  expectedErrors,
  javaScriptEnabled,
}) => {
  expectedErrors.push('403')
  const bea = await createPerson({ name: 'Bea' })
  await page.goto('/dashboard/posts/new')
  const mine = await context.cookies()
  const { name, value } = await createCookieFor(bea)
  await context.addCookies([{ name, value, url: PRODUCT.url, httpOnly: true, sameSite: 'Lax' }])
  await page.getByLabel('Title').fill('Mine')
  await page.getByLabel('Content').fill('Mine alone.')
  if (javaScriptEnabled !== false)
    await expect(page.getByText('Kept in this browser: Somebody else is logged in here now.')).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'another account' })).toBeVisible()
  await expect(page.getByLabel('Content', { exact: true })).toHaveValue('Mine alone.')
  const hers = sql`SELECT FROM posts WHERE author_id = ${bea.userId}`
  expect([await query(hers), await draftsOf(bea)]).toEqual([[], []])
  // Back under the account it belongs to, it is sent again.
  await context.addCookies(mine)
  await page.getByRole('button', { name: /^(Save draft|Send again)$/ }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await expect(page.getByLabel('Content')).toHaveValue('Mine alone.')
  expect(await query(hers)).toEqual([])
  expect(await query(sql`SELECT title FROM posts WHERE author_id = ${signedIn.userId}`)).toEqual([
    { title: 'Mine' },
  ])
})

test('a post deleted meanwhile leaves what was typed as a draft', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Short-lived', content: 'Once.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await deletePost(signedIn, post.id)
  await page.getByLabel('Content').fill('Typed into what is gone.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('was deleted meanwhile')).toBeVisible()
  await expect(page.getByLabel('Content')).toHaveValue('Typed into what is gone.')
  await expect(page.getByLabel('Title')).toHaveValue('Short-lived')
})

test('a post deleted meanwhile, and what was typed only looked at, loses nothing either', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('404')
  const post = await writePost(signedIn, { title: 'Short-lived', content: 'Once.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await deletePost(signedIn, post.id)
  await page.getByLabel('Content').fill('Typed into what is gone.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByText('Typed into what is gone.').last()).toBeVisible()
  await expect(page.getByLabel('Content', { exact: true })).toHaveValue('Typed into what is gone.')
})

test('what nobody touched in the form undoes nothing that was changed elsewhere', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Both', content: 'One.\n\nTwo.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await updatePost(
    signedIn,
    post.id,
    { content: 'One.\n\nTwo, elsewhere.', tags: ['Sea'], slug: `moved-${post.id}` },
    [1],
  )
  await page.getByLabel('Content').fill('One, here.\n\nTwo.')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByRole('button', { name: 'Put both together' }).click()
  await expect(page.getByLabel('Content')).toHaveValue(/One, here\./)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  const [saved] = await query(sql`SELECT tags, slug FROM posts WHERE id = ${post.id}`)
  expect(saved).toEqual({ tags: ['Sea'], slug: `moved-${post.id}` })
})

test('a draft that changes the tags alone is shown again', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Saved', content: 'Saved.' })
  const words = { title: 'Saved', content: 'Saved.', excerpt: '' }
  await keep(signedIn, post.id, { ...words, tags: '', slug: post.slug, coverUploadId: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByText('This is what you typed')).toHaveCount(0)
  await keep(signedIn, post.id, { ...words, tags: 'Sea', slug: post.slug, coverUploadId: '' })
  await page.reload()
  await expect(page.getByLabel('Tags')).toHaveValue('Sea')
})

test.describe('as it is typed', () => {
  test.skip(
    ({ javaScriptEnabled }) => javaScriptEnabled === false,
    'a browser without JavaScript keeps the page',
  )

  test('it is kept on the server, and is there after the page was loaded again', async ({
    page,
    signedIn,
  }) => {
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

  test('before the page has come to life, it stays when that does, and is kept', async ({
    page,
    signedIn,
  }) => {
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
})
