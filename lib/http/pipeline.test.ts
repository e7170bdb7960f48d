import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import '@/e2e/fixtures/env'
import '@/e2e/fixtures/next-modules'
import { NextRequest } from 'next/server.js'
import { notFound } from '@/lib/errors'
import { PIPELINE, pipeline } from '@/lib/http/route'

const ROOT = process.cwd()

/** What Next.js calls by its name in a route file; the rest of its exports (`dynamic`, …) are settings. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

type Door = { name: string; value: unknown }

/** Every export of the file: in a `'use server'` file each of them is an endpoint, whatever it is meant for. */
async function doorsOf(file: string): Promise<Door[]> {
  const exports = (await import(pathToFileURL(path.join(ROOT, file)).href)) as Record<string, unknown>
  return Object.entries(exports).map(([name, value]) => ({ name: `${file}#${name}`, value }))
}

/** Those that the pipeline did not make. */
function bypassing(doors: Door[]): string[] {
  return doors.filter(({ value }) => !wentThroughPipeline(value)).map(({ name }) => name)
}

function wentThroughPipeline(value: unknown): boolean {
  return typeof value === 'function' && (value as { [PIPELINE]?: unknown })[PIPELINE] === true
}

async function doorsIn(pattern: string): Promise<Door[]> {
  const files = globSync(pattern, { cwd: ROOT, exclude: ['**/*.test.ts'] })
  return (await Promise.all(files.map(doorsOf))).flat()
}

test('every action went through the pipeline', async () => {
  const doors = await doorsIn('actions/**/*.{ts,tsx}')
  expect(doors.map(({ name }) => name)).toContain('actions/generations.ts#startGeneration')
  expect(doors.length).toBeGreaterThanOrEqual(14)
  expect(bypassing(doors)).toEqual([])
})

test('every method of every route went through the pipeline', async () => {
  const doors = (await doorsIn('app/**/route.{ts,tsx}')).filter(({ name }) =>
    METHODS.includes(name.split('#')[1] ?? ''),
  )
  const paths = new Set(doors.map(({ name }) => name.split('#')[0]))
  expect(paths).toContain('app/api/generate/route.ts')
  expect(paths.size).toBeGreaterThanOrEqual(9)
  expect(bypassing(doors)).toEqual([])
})

test('every API path answers every method, none in words of Next.js', async () => {
  const files = globSync('app/api/**/route.ts', { cwd: ROOT })
  expect(files.length).toBeGreaterThanOrEqual(9)
  for (const file of files) {
    const names = (await doorsOf(file)).map(({ name }) => name.split('#')[1])
    expect(names.sort(), file).toEqual([...METHODS].sort())
  }
})

test('no action stands anywhere else', () => {
  const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: ROOT, exclude: ['lib/generated/**'] })
  expect(files.length).toBeGreaterThan(100)
  expect(files.filter((file) => /^\s*['"]use server['"]/m.test(readSource(file)))).toEqual([])
})

test('a function that bypasses the pipeline would be found', () => {
  const bare = async () => new Response()
  const claimed = Object.assign(async () => new Response(), { pipeline: true })
  const doors = [bare, claimed, {}, undefined].map((value, index) => ({ name: String(index), value }))
  expect(bypassing(doors)).toEqual(['0', '1', '2', '3'])
})

const deprecated = {
  since: new Date('2026-01-01T00:00:00Z'),
  sunset: new Date('2026-07-01T00:00:00Z'),
  link: '/docs/api#versions',
}

function answerOf(handler: ReturnType<typeof pipeline>): Promise<Response> {
  return handler(new NextRequest('http://localhost/api/old'), { params: Promise.resolve({}) })
}

test('each answer of a deprecated call says so, beside what it says anyway', async () => {
  const next = '</api/old?cursor=a>; rel="next"'
  const handlers = [
    pipeline({ access: 'public', deprecated }, async () => Response.json({}, { headers: { Link: next } })),
    pipeline({ access: 'public', deprecated }, async () => {
      throw notFound('thing')
    }),
  ]
  const links = [
    `${next}, </docs/api#versions>; rel="deprecation"`,
    '</docs/api#versions>; rel="deprecation"',
  ]
  for (const [n, handler] of handlers.entries()) {
    const { status, headers } = await answerOf(handler)
    expect(status).toBe([200, 404][n])
    expect(headers.get('deprecation')).toBe('@1767225600')
    expect(headers.get('sunset')).toBe('Wed, 01 Jul 2026 00:00:00 GMT')
    expect(headers.get('link')).toBe(links[n])
    const exposed = headers.get('access-control-expose-headers')?.split(', ')
    expect(exposed).toEqual(expect.arrayContaining(['Deprecation', 'Sunset', 'Link']))
  }
})

test('no other call says so', async () => {
  const { headers } = await answerOf(pipeline({ access: 'public' }, async () => Response.json({})))
  for (const name of ['deprecation', 'sunset', 'link']) expect(headers.get(name), name).toBeNull()
})

function readSource(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}
