import { globSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import '@/e2e/fixtures/next-modules'
import type { NextHandler, OperationHandler } from '@/lib/http/route'
import { openApiDocument } from '@/lib/openapi/document'
import type { Operation } from '@/lib/openapi/operation'
import { operations } from '@/lib/openapi/operations'

/** What each file answers by itself; HEAD follows from GET, OPTIONS and 405 are the same everywhere. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Handlers = Record<(typeof METHODS)[number], NextHandler | OperationHandler>
type Route = { path: string; method: (typeof METHODS)[number]; operation: Operation }

/** Every method of every route that is the API's own, as Next.js finds it: by its file and the name of its export. */
async function routesThereAre(): Promise<Route[]> {
  const files = globSync('app/{api,uploads}/**/route.{ts,tsx}').filter((file) => !file.includes('[[...'))
  const routes = await Promise.all(
    files.map(async (file) => {
      const handlers = (await import(pathToFileURL(path.resolve(file)).href)) as Handlers
      const route = `/${path
        .dirname(file)
        .replace(/^app\//, '')
        .replaceAll('[', '{')
        .replaceAll(']', '}')}`
      expect(
        undescribed(handlers),
        `${file}: handlers without an operation, but for the one that refuses`,
      ).toBe(1)
      return METHODS.flatMap((method) => {
        const handler = handlers[method]
        return 'operation' in handler ? [{ path: route, method, operation: handler.operation }] : []
      })
    }),
  )
  return routes.flat()
}

function undescribed(handlers: Handlers): number {
  return new Set(METHODS.map((method) => handlers[method]).filter((one) => !('operation' in one))).size
}

const called = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

test('the document describes every method of every route, and no other', async () => {
  const routes = await routesThereAre()
  expect(routes.length).toBeGreaterThanOrEqual(18)
  const described = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => called({ method: method.toUpperCase(), path })),
  )
  expect(routes.map(called).sort()).toEqual(described.sort())
})

test('every route runs by the operation that describes it', async () => {
  for (const route of await routesThereAre()) {
    expect(called(route.operation), called(route)).toBe(called(route))
    expect(operations, called(route)).toContain(route.operation)
  }
})

for (const it of operations) {
  test(`${it.method} ${it.path} is described as it is declared`, () => {
    const item = openApiDocument().paths?.[it.path]?.[it.method.toLowerCase() as 'get']
    if (!item) throw new Error('it is not described')
    expect(item.operationId).toBe(it.id)

    const key = { apiKey: it.scope ? [it.scope] : [] }
    const ways = { required: [key, { session: [] }], optional: [key, { session: [] }, {}], public: [] }
    expect(item.security).toEqual(ways[it.access])

    const names = (item.parameters ?? []).map((one) =>
      '$ref' in one ? one.$ref.split('/').at(-1) : one.name,
    )
    expect(names.includes('Idempotency-Key')).toBe(it.idempotent === true)
    expect(names).toEqual(expect.arrayContaining([...(it.reads ?? []), ...queryNames(it)]))
    const takesBody = it.body !== undefined || it.file !== undefined
    expect(item.requestBody !== undefined).toBe(takesBody)

    const statuses = Object.keys(item.responses ?? {})
    expect(statuses).toEqual(expect.arrayContaining(Object.keys(it.responses)))
    expect(statuses.includes('401')).toBe(it.access !== 'public')
    expect(statuses.includes('403')).toBe(
      it.access !== 'public' && (it.scope !== undefined || it.method !== 'GET'),
    )
    expect(statuses.includes('413')).toBe(takesBody)
  })
}

function queryNames({ query }: Operation): string[] {
  return query ? Object.keys((query as unknown as { shape: object }).shape) : []
}
