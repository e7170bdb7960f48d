import { globSync } from 'node:fs'
import { createKeyFor } from '../fixtures/factories'
import { API_PATHS, UNKNOWN_PATHS } from '../fixtures/paths'
import { createPost } from '../fixtures/posts'
import { type RawAnswer, rawCall } from '../fixtures/raw-http'
import { type Api, apiWith, expect, test } from '../fixtures/test'

const ALLOWED = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
]
const EXPOSED = ['ETag', 'Link', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id']

function expectCors({ headers }: Pick<Response, 'headers'> | RawAnswer, what: string): void {
  const list = (name: string) => headers.get(name)?.split(', ')
  expect(headers.get('access-control-allow-origin'), what).toBe('*')
  expect(list('access-control-allow-headers'), what).toEqual(expect.arrayContaining(ALLOWED))
  expect(list('access-control-expose-headers'), what).toEqual(expect.arrayContaining(EXPOSED))
  expect(list('access-control-allow-methods')?.length, what).toBeGreaterThan(1)
  expect(headers.get('access-control-allow-credentials'), what).toBeNull()
  expect(headers.get('x-request-id'), what).toMatch(/^[\da-f-]{36}$/)
}

test('the table of paths is that of the routes', () => {
  const files = globSync('app/api/**/route.ts').map((file) =>
    file.slice('app/api/'.length, -'/route.ts'.length),
  )
  const others = files.filter((file) => !file.includes('...'))
  expect(API_PATHS.map(({ file }) => file).sort()).toEqual(others.sort())
})

for (const path of [...API_PATHS.map((one) => one.path), ...UNKNOWN_PATHS]) {
  test(`OPTIONS ${path} is a preflight of 204 for anybody`, async () => {
    const headers = {
      Origin: 'https://app.example',
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization, if-match',
    }
    for (const more of [{}, { Authorization: 'Bearer ink_no' }, { Accept: 'text/html' }]) {
      const answer = await rawCall(path, { method: 'OPTIONS', headers: { ...headers, ...more } })
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' })
      expectCors(answer, path)
      const methods = API_PATHS.find((one) => one.path === path)?.methods
      if (methods) expect(answer.headers.get('access-control-allow-methods')).toBe(methods.join(', '))
    }
  })
}

type Kind = { status: number; call: (api: Api) => Promise<Response> }

const json = { title: 'A', content: '' }
const kinds: Kind[] = [
  { status: 200, call: (api) => api('/api/posts') },
  { status: 200, call: (api) => api('/api/posts', { method: 'HEAD' }) },
  { status: 201, call: (api) => api('/api/posts', { method: 'POST', json }) },
  {
    status: 204,
    call: async (api) => api(`/api/posts/${(await createPost(api)).id}`, { method: 'DELETE' }),
  },
  { status: 304, call: (api) => api('/api/posts', { headers: { 'If-None-Match': '*' } }) },
  { status: 400, call: (api) => api('/api/posts', { method: 'POST' }) },
  { status: 401, call: () => apiWith(null)('/api/usage') },
  { status: 404, call: (api) => api('/api/posts/none') },
  { status: 404, call: (api) => api('/api/nothing', { method: 'POST' }) },
  { status: 405, call: (api) => api('/api/posts', { method: 'PUT' }) },
  { status: 406, call: (api) => api('/api/posts', { headers: { Accept: 'image/png' } }) },
  {
    status: 412,
    call: async (api) => {
      const { id } = await createPost(api)
      return api(`/api/posts/${id}`, { method: 'PATCH', json: {}, headers: { 'If-Match': '"v9"' } })
    },
  },
  { status: 413, call: (api) => api('/api/posts', { method: 'POST', body: 'a'.repeat(1_048_577) }) },
  { status: 415, call: (api) => api('/api/posts', { method: 'POST', body: '{}' }) },
  { status: 422, call: (api) => api('/api/posts', { method: 'POST', json: {} }) },
  {
    status: 428,
    call: async (api) => api(`/api/posts/${(await createPost(api)).id}`, { method: 'PATCH', json: {} }),
  },
  { status: 502, call: (api) => api('/api/generate', { method: 'POST', json: { prompt: '[[fail:500]]' } }) },
  {
    status: 200,
    call: (api) =>
      api('/api/generate', {
        method: 'POST',
        json: { prompt: 'A' },
        headers: { Accept: 'text/event-stream' },
      }),
  },
]

for (const [n, { status, call }] of kinds.entries()) {
  test(`an answer of ${status} may be read by any origin (${n})`, async ({ api }) => {
    const answer = await call((path, init) =>
      api(path, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init?.headers)), Origin: 'https://app.example' },
      }),
    )
    expect(answer.status).toBe(status)
    expectCors(answer, String(status))
    await answer.body?.cancel()
  })
}

test('every answer to a caller with credentials tells the limit', async ({ writer }) => {
  const api = apiWith(await createKeyFor(writer))
  for (const { status, call } of kinds.filter((one) => one.status !== 401)) {
    const answer = await call(api)
    expect(answer.headers.get('ratelimit-policy'), String(status)).toBe('"api";q=6000;w=60')
    expect(answer.headers.get('ratelimit'), String(status)).toMatch(/^"api";r=\d+;t=\d+$/)
    await answer.body?.cancel()
  }
})
