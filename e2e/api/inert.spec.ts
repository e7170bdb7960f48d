import { randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { createProject } from '@/lib/services/projects'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson } from '../fixtures/factories'
import { acceptOnly } from '../fixtures/generations'
import { HOSTILE_LINES, HOSTILE_MARKDOWN } from '../fixtures/hostile-text'
import { dangersOn, type Watch, watchedPage } from '../fixtures/inert'
import { addPicture } from '../fixtures/pages'
import { expect, test } from '../fixtures/test'

/** Those that can be stored. */
const STORABLE = HOSTILE_MARKDOWN.filter((payload) => !payload.includes('\0'))
/** Each in a quote of its own, which ends what it opens. */
const QUOTED = STORABLE.map((payload) => payload.replace(/^/gm, '> ')).join('\n\n---\n\n')
/** As they stand, without those in whose raw HTML all that follows would be lost. */
const AS_THEY_STAND = STORABLE.filter((payload) => !/^[<`~\]]/.test(payload)).join('\n\n')

/** A writer of nothing else, who operates the studio, too, and the pages on which that is to be seen. */
async function writeAllOfIt(): Promise<{ writer: Viewer; paths: string[] }> {
  const person = await createPerson({ name: 'Mallory' })
  const writer: Viewer = { ...person, role: 'operator' }
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
      coverUploadId: picture.id,
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
    '/generate',
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
      `/admin?email=${encodeURIComponent(writer.email)}`,
      `/admin/users/${writer.userId}`,
    ],
  }
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
    await page.goto(`${PRODUCT.url}${paths.find((path) => /\/dashboard\/posts\/[\w-]{36}$/.test(path))}`)
    await page.getByRole('button', { name: 'Preview' }).click()
    await expect(page.getByRole('region', { name: 'Preview' }).locator('blockquote').first()).toBeAttached()
    expect(await dangersOn(page)).toEqual([])
    await showFeeds(watch, writer)
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
  const rows = await query<{ slug: string }>(sql`SELECT slug FROM posts WHERE author_id = ${writer.userId}`)
  const slugs = new Set(rows.map(({ slug }) => slug))
  const rss = parseRssFeed(await read('/feed.xml')).items?.filter(({ link }) => mine(slugs, link)) ?? []
  const atom =
    parseAtomFeed(await read('/atom.xml')).entries?.filter(({ links }) => mine(slugs, links?.[0]?.href)) ?? []
  const json = parseJsonFeed(await read('/feed.json')).items?.filter(({ url }) => mine(slugs, url)) ?? []
  for (const found of [rss, atom, json]) expect(found.length).toBe(slugs.size)
  const texts = [
    ...rss.map(({ content }) => content?.encoded),
    ...atom.map(({ content }) => content?.value),
    ...json.map(({ content_html }) => content_html),
  ]
  for (const html of texts) {
    await page.setContent(`<div class="prose">${html}</div>`)
    expect(await dangersOn(page)).toEqual([])
  }
}
