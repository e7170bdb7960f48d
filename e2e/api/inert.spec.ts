import { randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { newId } from '@/lib/ids'
import { newPost } from '@/lib/schemas/posts'
import { createApiKey } from '@/lib/services/api-keys'
import { grant } from '@/lib/services/credits'
import { storeChunk } from '@/lib/services/generations/chunks'
import { createPost, deletePost, updatePost } from '@/lib/services/posts'
import { createProject } from '@/lib/services/projects'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson, type Person } from '../fixtures/factories'
import { acceptOnly, close, succeeded } from '../fixtures/generations'
import { HOSTILE_LINES, HOSTILE_MARKDOWN } from '../fixtures/hostile-text'
import { dangersOn, type Watch, watchedPage } from '../fixtures/inert'
import { addPicture } from '../fixtures/pages'
import { openForm } from '../fixtures/plain-form'
import { expect, test } from '../fixtures/test'

/** Those that can be stored. */
const STORABLE = HOSTILE_MARKDOWN.filter((payload) => !payload.includes('\0'))
/** Each in a quote of its own, which ends what it opens. */
const QUOTED = STORABLE.map((payload) => payload.replace(/^/gm, '> ')).join('\n\n---\n\n')
/** As they stand, without those in whose raw HTML all that follows would be lost. */
const AS_THEY_STAND = STORABLE.filter((payload) => !/^[<`~\]]/.test(payload)).join('\n\n')

/** A writer of nothing else, who operates the studio, too, and the pages on which that is to be seen. */
async function writeAllOfIt(): Promise<{ writer: Person; paths: string[] }> {
  const person = await createPerson({ name: 'Mallory' })
  const writer: Person = { ...person, role: 'operator' }
  await query(sql`
    UPDATE users SET role = 'operator', name = ${HOSTILE_LINES.slice(0, 3).join(' ')} WHERE id = ${writer.userId}`)
  const picture = await addPicture(writer, `${HOSTILE_LINES.join(' ').slice(0, 120)}.png`)
  const posts = []
  for (let n = 0; n < HOSTILE_LINES.length; n += 7) {
    const lines = HOSTILE_LINES.slice(n, n + 7)
    const post = newPost.parse({
      title: n === 0 ? `${lines[0]} ${randomUUID()}` : lines.join(' ').slice(0, 200),
      excerpt: n === 0 ? '' : HOSTILE_LINES.slice(n).join(' ').slice(0, 500),
      content: n === 0 ? QUOTED : `${AS_THEY_STAND}\n\n${lines.join('\n\n')}`,
      status: 'published',
      // One is without, so that its title is drawn.
      coverUploadId: n === 7 ? null : picture.id,
    })
    posts.push(await createPost(writer, { ...post, tags: lines }, null))
  }
  const [first] = posts
  for (const line of HOSTILE_LINES.slice(0, 6))
    await createProject(writer, { name: line, brief: HOSTILE_LINES.join('\n') }, null)
  const [project] = await query<{ id: string }>(
    sql`SELECT id FROM projects WHERE owner_id = ${writer.userId}`,
  )
  const { id } = await acceptOnly(writer)
  await query(sql`
    UPDATE generations SET prompt = ${HOSTILE_LINES.join('\n')}, text = ${QUOTED}, brief = ${QUOTED} WHERE id = ${id}`)
  const [drafted, titled] = [await answered(writer, 'draft', QUOTED), await answered(writer, 'titles', LINES)]
  const trashed = await createPost(writer, newPost.parse({ title: HOSTILE_LINES[1], content: QUOTED }), null)
  await deletePost(writer, trashed.id)
  if (first)
    await updatePost(
      writer,
      first.id,
      { content: `${AS_THEY_STAND}\n\n${QUOTED}`, excerpt: LINES.slice(0, 500) },
      null,
    )
  await createApiKey(writer, {
    name: HOSTILE_LINES[1] ?? '',
    scopes: ['posts:read'],
    expiresInDays: 30,
    budget: null,
  })
  await grant({ userId: writer.userId, amount: 1, reason: LINES.slice(0, 200) })
  const imported = await importedBy(writer)
  const [tag] = await query<{ key: string }>(
    sql`SELECT tag_keys[1] AS key FROM posts WHERE id = ${first?.id}`,
  )
  const dashboard = [
    '',
    '/posts',
    '/uploads',
    '/projects',
    `/projects/${project?.id}`,
    `/generations/${id}`,
    `/generations/${drafted}?post=${first?.id}`,
    `/generations/${titled}?post=${first?.id}`,
    '/generate',
    '/posts/trash',
    '/settings',
    '/credits',
    '/transfer',
    `/transfer/${imported}`,
  ]
  return {
    writer,
    paths: [
      '/posts',
      ...posts.map(({ slug }) => `/posts/${slug}`),
      `/posts/tag/${tag?.key}`,
      `/posts?q=${encodeURIComponent(HOSTILE_LINES[2] ?? '')}`,
      ...dashboard.map((path) => `/dashboard${path}`),
      `/dashboard/posts?q=${encodeURIComponent(HOSTILE_LINES[2] ?? '')}`,
      `/dashboard/posts/${first?.id}`,
      `/dashboard/posts/${first?.id}/history?version=1`,
      `/dashboard/posts/${first?.id}/history?from=1&to=2`,
      `/admin?email=${encodeURIComponent(writer.email)}`,
      `/admin/users/${writer.userId}`,
    ],
  }
}

const LINES = HOSTILE_LINES.join('\n')

/** A generation whose model has answered this. @returns its id. */
async function answered(writer: Viewer, tool: 'draft' | 'titles', text: string): Promise<string> {
  const { id } = await acceptOnly(writer, { tool })
  await storeChunk({ id, fence: 1 }, { seq: 1, text })
  expect(await close({ id, fence: 1 }, succeeded)).toBe(true)
  return id
}

/** An import whose file was called this, and whose report says it. @returns its id. */
async function importedBy({ userId }: Viewer): Promise<string> {
  const id = newId()
  await query(sql`
    INSERT INTO imports (id, owner_id, filename, stored, lease_until, status, ended_at, remarks)
    VALUES (${id}, ${userId}, ${HOSTILE_LINES[1]}, false, now(), 'done', now(), ${HOSTILE_LINES}::text[])`)
  await query(sql`
    INSERT INTO import_items (import_id, source_id, position, outcome, title, remarks)
    VALUES (${id}, 'a', 1, 'refused', ${LINES}, ${HOSTILE_LINES}::text[])`)
  return id
}

for (const bypassCSP of [false, true]) {
  test(`nothing that was typed runs on any page, ${bypassCSP ? 'also without the policy' : 'with the policy in force'}`, async ({
    browser,
  }) => {
    test.setTimeout(180_000)
    const { writer, paths } = await writeAllOfIt()
    const context = await browser.newContext({ bypassCSP })
    await logIn(context, writer)
    const watch = await watchedPage(context)
    const { page } = watch
    for (const path of paths) {
      const answer = await page.goto(PRODUCT.url + path)
      expect(answer?.status(), path).toBe(200)
      expect(await dangersOn(page), path).toEqual([])
      for (const json of await page.locator('script[type="application/ld+json"]').allTextContents())
        JSON.parse(json)
      // Whatever waits to be pointed at or typed into.
      await page.keyboard.press('Tab')
    }
    await editAndCollide(
      watch,
      writer,
      paths.find((path) => /\/dashboard\/posts\/[\w-]{36}$/.test(path)) ?? '',
    )
    await showFeeds(watch, writer)
    await showCard(watch, writer)
    await showGivenBack(watch, writer)
    expect(watch.signs).toEqual([])
    await context.close()
  })
}

test('what would run is seen', async ({ browser }) => {
  const context = await browser.newContext()
  const { page, signs } = await watchedPage(context)
  const hostile =
    '<img src=x onerror=alert(1)><a href=" java\tscript:alert(1)">x</a><script src="https://evil.example/x"></script>'
  await page.setContent(`<div class="prose" id="body">${hostile}<b id="location"></b></div>`)
  await expect.poll(() => signs.length).toBe(2)
  expect(await dangersOn(page)).toHaveLength(5)
  await context.close()
})

async function logIn(context: BrowserContext, writer: Viewer): Promise<void> {
  const { name, value } = await createCookieFor(writer)
  await context.addCookies([{ name, value, url: PRODUCT.url, httpOnly: true, sameSite: 'Lax' }])
}

/** What a feed has of this writer, shown as readers do that trust it: as HTML, titles too where the form says so. */
async function showFeeds({ page }: Watch, writer: Viewer): Promise<void> {
  const read = async (path: string) => (await fetch(PRODUCT.url + path)).text()
  const mine = (slugs: Set<string>, url: string | undefined) => slugs.has(url?.split('/').at(-1) ?? '')
  const rows = await query<{ slug: string }>(sql`
    SELECT slug FROM posts WHERE author_id = ${writer.userId} AND status = 'published' AND deleted_at IS NULL`)
  const slugs = new Set(rows.map(({ slug }) => slug))
  const rss = parseRssFeed(await read('/feed.xml')).items?.filter(({ link }) => mine(slugs, link)) ?? []
  const atom =
    parseAtomFeed(await read('/atom.xml')).entries?.filter(({ links }) => mine(slugs, links?.[0]?.href)) ?? []
  const json = parseJsonFeed(await read('/feed.json')).items?.filter(({ url }) => mine(slugs, url)) ?? []
  for (const found of [rss, atom, json]) expect(found.length).toBe(slugs.size)
  const texts = [
    // Of RSS both are read as HTML, and of the others what says so of itself.
    ...rss.flatMap(({ title, description, content }) => [title, description, content?.encoded]),
    ...atom.flatMap(({ title, summary, content }) => [title, summary, content].map(shownByType)),
    ...json.flatMap(({ title, summary, content_html }) => [asText(title), asText(summary), content_html]),
  ]
  for (const html of texts) {
    expect(html).not.toBe(undefined)
    // Ids in feeds have a prefix of their own before that of a page.
    await page.setContent(`<div class="prose">${html?.replace(/ id="post-[\w-]{36}-/g, ' id="')}</div>`)
    expect(await dangersOn(page)).toEqual([])
  }
  for (const { title, description } of rss) {
    await page.setContent(`<p>${title}</p><p>${description}</p>`)
    const [post] = await query<{ title: string; excerpt: string }>(
      sql`SELECT title, excerpt FROM posts WHERE author_id = ${writer.userId}
        AND title = ${await page.locator('p').first().textContent()}`,
    )
    expect(post, title).toBeDefined()
    expect(await page.locator('p').last().textContent()).toBe(post?.excerpt)
  }
}

type Typed = { value?: string | undefined; type?: string | undefined } | undefined

const shownByType = (text: Typed) => (text?.type === 'html' ? text.value : asText(text?.value))

const asText = (text: string | undefined) =>
  text?.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The editor with its view beside the text and its preview, then told of another version, then of both put together. */
async function editAndCollide({ page }: Watch, writer: Viewer, path: string): Promise<void> {
  await page.goto(PRODUCT.url + path)
  await page.getByRole('button', { name: 'Side by side' }).click()
  await expect(page.locator('[data-beside] .prose blockquote').first()).toBeAttached()
  expect(await dangersOn(page)).toEqual([])
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByRole('region', { name: 'Preview' }).locator('blockquote').first()).toBeAttached()
  expect(await dangersOn(page)).toEqual([])
  await updatePost(writer, path.split('/').at(-1) ?? '', { content: `${QUOTED}\n\n${LINES}` }, null)
  await page.getByLabel('Content').fill(LINES)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('region', { name: 'The other version' })).toBeVisible()
  expect(await dangersOn(page)).toEqual([])
  await page.getByRole('button', { name: 'Put both together' }).click()
  await expect(page.getByText('Both are together below')).toBeVisible()
  expect(await dangersOn(page)).toEqual([])
}

/** The picture that is drawn of a title, which is nothing but that. */
async function showCard({ page }: Watch, { userId }: Viewer): Promise<void> {
  const [post] = await query<{ slug: string }>(sql`
    SELECT slug FROM posts WHERE author_id = ${userId} AND cover_upload_id IS NULL AND status = 'published'`)
  await page.goto(`${PRODUCT.url}/posts/${post?.slug}`)
  const address = await page.locator('meta[property="og:image"]').getAttribute('content')
  const answer = await page.goto(address ?? '')
  expect(answer?.headers()['content-type']).toBe('image/png')
  expect((await answer?.body())?.subarray(1, 4).toString()).toBe('PNG')
  expect(await dangersOn(page)).toEqual([])
}

/** A form that no page could answer, with what was typed in it: HTML that no library has written. */
async function showGivenBack({ page }: Watch, writer: Person): Promise<void> {
  const form = await openForm(writer, '/dashboard/posts/new', 'content')
  const stale = Object.entries(form.hidden).map(([name, value]) => [
    name,
    value.replace(/"id":"\w+"/, '"id":"7f00"'),
  ])
  const typed = {
    title: LINES,
    content: `${QUOTED}\n${LINES}`,
    excerpt: HOSTILE_LINES.join(' '),
    tags: LINES,
  }
  const answer = await form.submit({
    ...Object.fromEntries(stale),
    ...typed,
    [`a ${HOSTILE_LINES[2]}`]: LINES,
  })
  const html = await answer.text()
  expect(html).toContain('made by an earlier version')
  // What was shown before is a picture, in whose document nothing can be written.
  await page.goto('about:blank')
  await page.setContent(html)
  expect(await page.getByLabel('Content').inputValue()).toBe(typed.content)
  expect(await dangersOn(page)).toEqual([])
}
