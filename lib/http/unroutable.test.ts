import { expect, test } from '@playwright/test'
import { makeRoutable, unroutedMethod } from '@/lib/http/unroutable'

type Request = Parameters<typeof makeRoutable>[0]

function routable(request: Partial<Request>): Request {
  const made = { method: 'GET', httpVersion: '1.1', ...request, headers: { host: 'a', ...request.headers } }
  makeRoutable(made)
  return made
}

function unrouted({ headers }: Request): string | null {
  return unroutedMethod(new Headers(headers as Record<string, string>))
}

for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
  test(`${method} is routed as it is`, () => {
    const request = routable({ method })
    expect({ method: request.method, other: unrouted(request) }).toEqual({ method, other: null })
  })
}

for (const method of ['TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY']) {
  test(`${method} is routed as OPTIONS, and known for what it was`, () => {
    const request = routable({ method })
    expect({ method: request.method, other: unrouted(request) }).toEqual({ method: 'OPTIONS', other: method })
  })
}

test('nobody can claim to have sent another method', () => {
  expect(unrouted(routable({ headers: { 'x-inkwell-method': 'TRACE' } }))).toBeNull()
})

test('a missing host is told from one that is there, but in HTTP/1.0', () => {
  const headers = { host: undefined }
  expect(routable({ headers }).headers.host).toBe('')
  expect(routable({ headers, httpVersion: '1.0' }).headers.host).toBeUndefined()
  expect(routable({}).headers.host).toBe('a')
})

test('only what is known is expected', () => {
  expect(routable({ headers: { expect: 'miracles' } }).headers.expect).toBeUndefined()
  expect(routable({ headers: { expect: '100-Continue' } }).headers.expect).toBe('100-Continue')
})

test('what Next.js says to itself is not heard from others', () => {
  const own = {
    rsc: '1',
    'next-action': 'a',
    'next-url': '/',
    'x-nextjs-data': '1',
    'x-middleware-subrequest': 'a',
  }
  const { headers } = routable({ headers: { ...own, 'x-request-id': 'a', accept: '*/*' } })
  expect(headers).toEqual({ host: 'a', 'x-request-id': 'a', accept: '*/*' })
})
