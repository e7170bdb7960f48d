import { createKeyFor } from '../fixtures/factories'
import { createPost } from '../fixtures/posts'
import { type RawCall, rawCall } from '../fixtures/raw-http'
import { expect, test } from '../fixtures/test'

/** What differs from call to call, or by the way that it took. */
const OWN = ['date', 'ratelimit', 'x-request-id']
/** What the router of Next.js says of each of its answers, as if they depended on it. */
const ROUTERS = /rsc, next-router[\w-]*(, next-router[\w-]*)*(, )?/

test('a call is answered alike past the router of Next.js and through it', async ({ api, writer }) => {
  const { id } = await createPost(api, { content: 'The keeper of the lamp. '.repeat(100) })
  const headers = { Authorization: `Bearer ${await createKeyFor(writer)}` }
  const tag = (await api('/api/posts')).headers.get('etag') ?? ''
  const read = async (path: string, init: RawCall) => {
    const {
      status,
      headers: told,
      text,
    } = await rawCall(path, { ...init, headers: { ...headers, ...init.headers } })
    const vary = told.get('vary') ?? ''
    const others = Object.fromEntries([...told].filter(([name]) => !OWN.includes(name)))
    return {
      vary,
      answer: {
        status,
        others: { ...others, vary: vary.replace(ROUTERS, '') },
        text: text.replace(/"requestId":"[^"]+"/, ''),
      },
    }
  }
  const calls: [path: string, init: RawCall][] = [
    ['/api/posts', {}],
    ['/api/posts', { method: 'PUT' }],
    ['/api/posts', { method: 'OPTIONS' }],
    ['/api/posts', { method: 'POST', body: ['{'] }],
    ['/api/posts', { headers: { Accept: 'image/png' } }],
    ['/api/posts', { headers: { 'If-None-Match': tag } }],
    [`/api/posts/${id}`, {}],
    [`/api/posts/${id}`, { method: 'HEAD' }],
    [`/api/posts/${id}`, { method: 'HEAD', headers: { 'Accept-Encoding': 'gzip' } }],
    [`/api/posts/${id}`, { method: 'DELETE', headers: { 'If-Match': '"0"' } }],
    [`/api/generate/${id}/stop`, { method: 'POST' }],
    ['/api/usage/ledger', { headers: { Accept: 'text/csv' } }],
    ['/api/auth/me', {}],
    ['/api/health', {}],
    ['/api/openapi.json', {}],
  ]
  for (const [path, init] of calls) {
    // A path with a fragment is not plain, and means the same.
    const [short, long] = [await read(path, init), await read(`${path}#`, init)]
    expect(short.answer, path).toEqual(long.answer)
    // By the router's own words it is seen which way they went.
    expect(
      [short, long].map(({ vary }) => vary.includes('next-router')),
      path,
    ).toEqual([false, true])
  }
})

test('no query takes the place of what the path names', async ({ api }) => {
  const [asked, other] = [await createPost(api), await createPost(api)]
  for (const name of ['nxtPid', 'nxtIid', '%6extPid']) {
    const answer = await api(`/api/posts/${asked.id}?${name}=${other.id}`)
    expect(await answer.json(), name).toEqual(asked)
  }
})

test('past the router, too, an answer is compressed as the caller likes it best, and a stream never', async ({
  api,
}) => {
  const post = await createPost(api, { content: 'Schlüssel '.repeat(500) })
  for (const coding of ['br', 'gzip']) {
    const answer = await api(`/api/posts/${post.id}`, { headers: { 'Accept-Encoding': coding } })
    expect(answer.headers.get('content-encoding')).toBe(coding)
    expect(answer.headers.get('vary')).toMatch(/Accept-Encoding/i)
    expect(await answer.json()).toEqual(post)
  }
  const stream = await api('/api/generate', {
    method: 'POST',
    json: { tool: 'titles', prompt: 'Titles', text: post.content },
    headers: { Accept: 'text/event-stream', 'Accept-Encoding': 'br, gzip' },
  })
  expect(stream.headers.get('content-encoding')).toBeNull()
  expect(await stream.text()).toContain('event: done')
})
