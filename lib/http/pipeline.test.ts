import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import '@/e2e/fixtures/next-modules'
import { PIPELINE } from '@/lib/http/route'

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

function readSource(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}
