import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor } from '../fixtures/factories'
import { serveForeignPage } from '../fixtures/foreign-page'
import { picture } from '../fixtures/pictures'
import { createPost, listPosts } from '../fixtures/posts'
import { expect, test } from '../fixtures/test'

/** What a page of another origin is, to a browser: with its site goes whether the cookie is sent along. */
const pages = [
  { host: 'localhost', name: 'of another origin', sendsCookie: true },
  { host: '127.0.0.1', name: 'of another site', sendsCookie: false },
] as const

/** What a third party's page does, in the browser: only what a `fetch` there gives it. */
async function useApi({ url, key, file }: { url: string; key: string; file: number[] }) {
  const Authorization = `Bearer ${key}`
  const json = { Authorization, 'Content-Type': 'application/json' }
  const call = (path: string, init: RequestInit) => fetch(url + path, { headers: { Authorization }, ...init })
  const body = JSON.stringify({ title: 'From elsewhere', content: '' })
  const made = await call('/api/posts', {
    method: 'POST',
    headers: { ...json, 'Idempotency-Key': 'one' },
    body,
  })
  const post = await made.json()
  const list = await call('/api/posts', {})
  const { posts } = await list.json()
  const change = { 'If-Match': made.headers.get('etag') ?? '' }
  const changed = await call(`/api/posts/${post.id}`, {
    method: 'PATCH',
    headers: { ...json, ...change },
    body: '{"title":"Changed"}',
  })
  const stale = await call(`/api/posts/${post.id}`, {
    method: 'PATCH',
    headers: { ...json, ...change },
    body: '{"title":"Lost"}',
  })
  const fresh = await call('/api/posts', { headers: { Authorization, 'If-None-Match': '*' } })

  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(file)]), 'harbour.jpg')
  const upload = await call('/api/uploads', { method: 'POST', body: form })
  const shown = new Image()
  shown.src = url + (await upload.json()).url
  await shown.decode()

  const stream = await call('/api/generate', {
    method: 'POST',
    headers: { ...json, Accept: 'text/event-stream' },
    body: '{"tool":"titles","text":"A lamp"}',
  })
  let told = ''
  const decoder = new TextDecoder()
  for (const reader = stream.body?.getReader(); reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    told += decoder.decode(value, { stream: true })
  }
  const deleted = await call(`/api/posts/${post.id}`, { method: 'DELETE' })
  const refused = await fetch(`${url}/api/usage`)
  return {
    statuses: [made, list, changed, stale, fresh, upload, stream, deleted, refused].map(
      ({ status }) => status,
    ),
    titles: posts.map(({ title }: { title: string }) => title),
    problems: [(await stale.json()).code, (await refused.json()).code],
    readable: ['ETag', 'Location', 'RateLimit', 'RateLimit-Policy', 'X-Request-Id'].filter((name) =>
      made.headers.has(name),
    ),
    width: shown.naturalWidth,
    events: [...told.matchAll(/^event: (\w+)$/gm)].map(([, event]) => event),
  }
}

/** What a page tries that has no key, only a visitor who is logged in to the dashboard. */
async function useCookie({ url, id }: { url: string; id: string }) {
  const form = new FormData()
  form.set('file', new Blob(['x']), 'a.png')
  const credentials = 'include'
  const text = { 'Content-Type': 'text/plain' }
  const json = { 'Content-Type': 'application/json' }
  const body = '{"title":"Stolen","content":""}'
  const tries: [string, RequestInit][] = [
    ['/api/posts', {}],
    ['/api/auth/me', {}],
    ['/api/posts', { method: 'POST', headers: json, body }],
    ['/api/posts', { method: 'POST', headers: text, body }],
    ['/api/posts', { method: 'POST', headers: text, body, mode: 'no-cors' }],
    ['/api/uploads', { method: 'POST', body: form }],
    ['/api/generate', { method: 'POST', headers: text, body: '{"prompt":"A lamp"}', mode: 'no-cors' }],
    [`/api/posts/${id}`, { method: 'DELETE' }],
  ]
  const read: string[] = []
  for (const [path, init] of tries) {
    try {
      const answer = await fetch(url + path, { ...init, credentials })
      read.push(await answer.text())
    } catch {
      // The browser refuses to send it, or to show what came.
    }
  }
  return read.filter((one) => one !== '')
}

for (const { host, name, sendsCookie } of pages) {
  test(`a page ${name} does with a key what a key may`, async ({ browser, writer }) => {
    const foreign = await serveForeignPage(host)
    const page = await browser.newPage()
    await page.goto(foreign.url)
    const file = [...(await picture('jpeg', 90, 60))]
    const done = await page.evaluate(useApi, { url: PRODUCT.url, key: await createKeyFor(writer), file })
    expect(done).toEqual({
      statuses: [201, 200, 200, 412, 304, 201, 200, 204, 401],
      titles: ['From elsewhere'],
      problems: ['precondition_failed', 'unauthenticated'],
      readable: ['ETag', 'Location', 'RateLimit', 'RateLimit-Policy', 'X-Request-Id'],
      width: 90,
      events: ['start', ...Array(done.events.length - 2).fill('delta'), 'done'],
    })
    expect(done.events.length).toBeGreaterThan(2)
    await page.close()
    foreign.close()
  })

  test(`a page ${name} can do nothing with the dashboard’s cookie`, async ({ page, signedIn, api }) => {
    const post = await createPost(api)
    const foreign = await serveForeignPage(host)
    await page.goto('/dashboard')
    await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
    const elsewhere = await page.context().newPage()
    const statuses: number[] = []
    elsewhere.on('response', (answer) => {
      if (answer.url().startsWith(PRODUCT.url) && answer.request().method() !== 'OPTIONS')
        statuses.push(answer.status())
    })
    await elsewhere.goto(foreign.url)
    expect(await elsewhere.evaluate(useCookie, { url: PRODUCT.url, id: post.id })).toEqual([])
    // Where the cookie is sent along, it is known and refused; nowhere is anything answered that was asked with it.
    expect(statuses.includes(403), statuses.join()).toBe(sendsCookie)
    expect(statuses).not.toContain(201)
    const posts = await query<{ id: string }>(
      sql`SELECT id FROM posts WHERE author_id = ${signedIn.userId} AND deleted_at IS NULL`,
    )
    expect(posts).toEqual([{ id: post.id }])
    expect((await listPosts(api)).posts).toHaveLength(1)
    for (const table of [sql`uploads`, sql`generations`])
      expect(await query(sql`SELECT FROM ${table} WHERE owner_id = ${signedIn.userId}`)).toEqual([])
    foreign.close()
  })
}
