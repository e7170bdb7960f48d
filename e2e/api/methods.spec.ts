import { createKeyFor, type Person } from '../fixtures/factories'
import { API_PATHS, NO_ID, UNKNOWN_PATHS } from '../fixtures/paths'
import { createPost } from '../fixtures/posts'
import { expectProblem } from '../fixtures/problem'
import { type RawCall, rawCall } from '../fixtures/raw-http'
import { expect, test } from '../fixtures/test'

/** Methods that Next.js does not route. */
const UNROUTED = ['TRACE', 'PROPFIND', 'SEARCH', 'QUERY', 'LOCK', 'PURGE', 'M-SEARCH']
const PICTURE = { path: `/uploads/${NO_ID}/a.png`, methods: ['GET', 'HEAD', 'OPTIONS'] }

for (const { path, methods } of [...API_PATHS, PICTURE]) {
  for (const method of UNROUTED) {
    test(`${method} ${path} is refused as any other method is`, async () => {
      const answer = await rawCall(path, { method, headers: { Accept: 'text/html' } })
      const problem = await expectProblem(answer, 'method_not_allowed')
      expect(problem.detail).toContain(method)
      expect(answer.headers.get('allow')?.split(', ')).toEqual(methods)
      expect(answer.headers.get('access-control-allow-methods')).toBe(methods.join(', '))
    })
  }
}

for (const path of UNKNOWN_PATHS) {
  test(`${path} is not found, whatever the method`, async () => {
    for (const method of UNROUTED) await expectProblem(await rawCall(path, { method }), 'not_found')
  })
}

test('nobody can claim another method, nor what Next.js says to itself', async () => {
  const own = {
    'X-Inkwell-Method': 'TRACE',
    RSC: '1',
    'Next-Router-State-Tree': '%',
    'X-Nextjs-Data': '1',
    'X-Middleware-Subrequest': 'proxy',
  }
  for (const headers of [own, { RSC: '1' }])
    for (const path of ['/api/health', '/api/posts'])
      expect((await rawCall(path, { headers })).status, path).toBe(200)
  expect((await rawCall('/api/health', { method: 'OPTIONS', headers: own })).status).toBe(204)
})

/** Those of their headers that change from call to call, or say how the body is sent. */
const CHANGING = ['x-request-id', 'ratelimit', 'date', 'transfer-encoding']

for (const { path, file, methods } of API_PATHS.filter((one) => one.methods.includes('GET'))) {
  test(`HEAD ${path} has the headers of GET, and no body`, async ({ writer, api }) => {
    const there = file === 'posts/[id]' ? `/api/posts/${(await createPost(api)).id}` : path
    const call = await keyed(writer)
    const get = await rawCall(there, call)
    const head = await rawCall(there, { ...call, method: 'HEAD' })
    expect(methods).toContain('HEAD')
    expect(head.text).toBe('')
    expect(get.text).not.toBe('')
    expect({ status: head.status, headers: lasting(head.headers) }).toEqual({
      status: get.status,
      headers: lasting(get.headers),
    })
  })
}

async function keyed(writer: Person): Promise<RawCall> {
  return { headers: { Authorization: `Bearer ${await createKeyFor(writer)}` } }
}

function lasting(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !CHANGING.includes(name)).sort()
}
