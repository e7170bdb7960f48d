import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor, type Person } from '../fixtures/factories'
import { readGeneration, startDraft } from '../fixtures/generations'
import { makeGate } from '../fixtures/model-calls'
import { picture, upload } from '../fixtures/pictures'
import { createPost } from '../fixtures/posts'
import { expectProblem } from '../fixtures/problem'
import { rawCall } from '../fixtures/raw-http'
import { apiWith, expect, test } from '../fixtures/test'
import { tracesOf } from '../fixtures/traces'

const EVIL = 'https://evil.example'
const LOCAL = `http://127.0.0.1:${PRODUCT.port}`

const sources: { name: string; headers: Record<string, string>; ours: boolean }[] = [
  { name: 'Sec-Fetch-Site: same-origin', headers: { 'Sec-Fetch-Site': 'same-origin' }, ours: true },
  { name: 'Sec-Fetch-Site: none', headers: { 'Sec-Fetch-Site': 'none' }, ours: true },
  { name: 'our Origin', headers: { Origin: PRODUCT.url }, ours: true },
  { name: 'the Origin of the address in use', headers: { Origin: LOCAL }, ours: true },
  { name: 'a Referer of ours', headers: { Referer: `${PRODUCT.url}/dashboard` }, ours: true },
  { name: 'nothing', headers: {}, ours: false },
  { name: 'Sec-Fetch-Site: cross-site', headers: { 'Sec-Fetch-Site': 'cross-site' }, ours: false },
  { name: 'Sec-Fetch-Site: same-site', headers: { 'Sec-Fetch-Site': 'same-site' }, ours: false },
  { name: 'Sec-Fetch-Site that is none we know', headers: { 'Sec-Fetch-Site': 'friendly' }, ours: false },
  {
    name: 'Sec-Fetch-Site: cross-site with our Origin',
    headers: { 'Sec-Fetch-Site': 'cross-site', Origin: PRODUCT.url },
    ours: false,
  },
  { name: 'another Origin', headers: { Origin: EVIL }, ours: false },
  { name: 'another Origin with our Referer', headers: { Origin: EVIL, Referer: PRODUCT.url }, ours: false },
  { name: 'Origin: null', headers: { Origin: 'null' }, ours: false },
  { name: 'Origin: null with our Referer', headers: { Origin: 'null', Referer: PRODUCT.url }, ours: false },
  { name: 'an empty Origin', headers: { Origin: '' }, ours: false },
  { name: 'another port', headers: { Origin: `http://localhost:${PRODUCT.port + 1}` }, ours: false },
  { name: 'our name within another', headers: { Origin: `${PRODUCT.url}.evil.example` }, ours: false },
  {
    name: 'our name as a user',
    headers: { Referer: `http://localhost:${PRODUCT.port}@evil.example/` },
    ours: false,
  },
  { name: 'another Referer', headers: { Referer: `${EVIL}/?${PRODUCT.url}` }, ours: false },
  { name: 'a Referer that is none', headers: { Referer: 'about:client' }, ours: false },
  { name: 'a Referer without a host', headers: { Referer: '/dashboard' }, ours: false },
]

async function cookieOf(person: Person): Promise<string> {
  const { name, value } = await createCookieFor(person)
  return `${name}=${value}`
}

for (const { name, headers, ours } of sources) {
  test(`the cookie with ${name} may ${ours ? '' : 'not '}change anything`, async ({ writer, api }) => {
    const post = await createPost(api)
    const common = { Cookie: await cookieOf(writer), 'Content-Type': 'application/json', ...headers }
    const calls = [
      { method: 'POST', path: '/api/posts', body: ['{"title":"New","content":""}'], status: 201, more: {} },
      {
        method: 'PATCH',
        path: `/api/posts/${post.id}`,
        body: ['{"title":"B"}'],
        status: 200,
        more: { 'If-Match': '*' },
      },
      { method: 'POST', path: '/api/generate?dryRun=1', body: ['{"prompt":"A"}'], status: 200, more: {} },
      { method: 'DELETE', path: `/api/posts/${post.id}`, body: [], status: 204, more: {} },
    ]
    for (const { method, path, body, status, more } of calls) {
      const answer = await rawCall(path, { method, body, headers: { ...common, ...more } })
      if (ours) expect(answer.status, `${method} ${path}`).toBe(status)
      else await expectProblem(answer, 'cross_site')
    }
    const rows = await query<{ title: string; deleted: boolean }>(sql`
      SELECT title, deleted_at IS NOT NULL AS deleted FROM posts WHERE author_id = ${writer.userId} ORDER BY title`)
    expect(rows).toEqual(
      ours
        ? [
            { title: 'B', deleted: true },
            { title: 'New', deleted: false },
          ]
        : [{ title: post.title, deleted: false }],
    )
    // Reading changes nothing, so it may come from anywhere; the browser won't show the answer to another origin.
    expect((await rawCall(`/api/posts`, { headers: common })).status).toBe(200)
  })
}

for (const ours of [true, false]) {
  test(`the cookie ${ours ? 'from here' : 'from elsewhere'} may ${ours ? '' : 'not '}upload, generate or stop`, async ({
    writer,
    api,
  }) => {
    const { marker, open } = makeGate()
    const running = await startDraft(api, `A keeper ${marker}`)
    const made = await upload(api, await picture())
    const before = await tracesOf(writer.userId)
    const headers = { Cookie: await cookieOf(writer), 'Sec-Fetch-Site': ours ? 'same-origin' : 'cross-site' }
    const file = new FormData()
    file.set('file', new Blob([Uint8Array.from(await picture())]), 'a.png')
    const json = { tool: 'titles', text: 'A' } as const
    const nobody = apiWith(null)
    const calls = [
      { path: '/api/uploads', init: { method: 'POST', body: file }, status: 201 },
      { path: `/api/uploads/${made.id}`, init: { method: 'DELETE' }, status: 204 },
      { path: '/api/generate', init: { method: 'POST', json }, status: 200 },
      { path: `/api/generate/${running}/stop`, init: { method: 'POST' }, status: 202 },
    ]
    for (const { path, init, status } of calls) {
      const answer = await nobody(path, { ...init, headers })
      if (ours) expect(answer.status, path).toBe(status)
      else await expectProblem(answer, 'cross_site')
    }
    if (!ours) {
      expect(await tracesOf(writer.userId)).toEqual(before)
      expect((await (await api('/api/uploads')).json()).uploads).toEqual([made])
      expect((await readGeneration(api, running)).status).toBe('running')
    }
    await open()
  })
}

test('a key is exempt, with the cookie beside it too', async ({ writer }) => {
  const headers = {
    Authorization: `Bearer ${await createKeyFor(writer)}`,
    'Content-Type': 'application/json',
    'Sec-Fetch-Site': 'cross-site',
    Origin: EVIL,
  }
  const body = ['{"title":"A","content":""}']
  expect((await rawCall('/api/posts', { method: 'POST', headers, body })).status).toBe(201)
  const both = { ...headers, Cookie: await cookieOf(writer) }
  expect((await rawCall('/api/posts', { method: 'POST', headers: both, body })).status).toBe(201)
})
