import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { parseInput, readJson } from '@/lib/http/input'

const schema = z.strictObject({
  title: z.string().min(1, 'Give it a title.'),
  tags: z.array(z.object({ 'a/b~c': z.string() })).default([]),
})

function failureOf(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was accepted')
}

const pointers: { name: string; input: unknown; at: string[] }[] = [
  { name: 'a missing field', input: {}, at: ['/title'] },
  { name: 'what is no object', input: 'title', at: [''] },
  { name: 'nothing', input: undefined, at: [''] },
  { name: 'two fields', input: { title: '', tags: 1 }, at: ['/title', '/tags'] },
  {
    name: 'a place within',
    input: { title: 'a', tags: [{ 'a/b~c': 'x' }, { 'a/b~c': 7 }] },
    at: ['/tags/1/a~1b~0c'],
  },
  { name: 'unknown fields, each', input: { title: 'a', x: 1, 'y/z': 2 }, at: ['/x', '/y~1z'] },
  { name: 'U+0000', input: { title: 'a\0' }, at: ['/title'] },
  { name: 'half a character', input: { title: '\ud83d' }, at: ['/title'] },
  { name: 'the other half', input: { title: 'a', tags: [{ 'a/b~c': '\ude00' }] }, at: ['/tags/0/a~1b~0c'] },
  { name: 'halves in the wrong order', input: { title: '\ude00\ud83d' }, at: ['/title'] },
]

for (const { name, input, at } of pointers) {
  test(`points to ${name}`, () => {
    const failure = failureOf(() => parseInput(schema, input))
    expect(failure.code).toBe('invalid')
    expect(failure.fields.map(({ pointer }) => pointer)).toEqual(at)
    for (const { detail } of failure.fields) expect(detail).toMatch(/\S/)
  })
}

test('whole characters of any plane are stored as they are', () => {
  const title = 'a\u0001\t\n é 灯 🗼 \u{10ffff} \ufffd'
  expect(parseInput(schema, { title })).toEqual({ title, tags: [] })
})

test('what is nested without end is looked at without end of the stack', () => {
  let input: unknown = 'a\0'
  for (let n = 0; n < 50_000; n++) input = [input]
  const [field] = failureOf(() => parseInput(z.unknown(), input)).fields
  expect(field?.pointer).toBe('/0'.repeat(50_000))
})

function request(body: BodyInit | null, type: string | null = 'application/json'): Request {
  const headers = new Headers(type === null ? {} : { 'Content-Type': type })
  return new Request('http://inkwell.invalid', {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit)
}

const bodies: { name: string; body: BodyInit | null; type?: string | null; code: string }[] = [
  { name: 'no body', body: null, code: 'malformed' },
  { name: 'an empty body, whatever its type', body: '', type: 'text/plain', code: 'malformed' },
  { name: 'a blank body', body: ' \n', code: 'malformed' },
  { name: 'no JSON', body: '{', code: 'malformed' },
  { name: 'bad UTF-8', body: new Uint8Array([0x22, 0xff, 0x22]), code: 'malformed' },
  { name: 'another type', body: '{}', type: 'text/plain', code: 'unsupported_media_type' },
  { name: 'too much', body: `"${'a'.repeat(1_048_576)}"`, code: 'too_large' },
  {
    name: 'too much in bytes, though not in characters',
    body: `"${'é'.repeat(524_288)}"`,
    code: 'too_large',
  },
]

for (const { name, body, type, code } of bodies) {
  test(`refuses ${name} as ${code}`, async () => {
    await expect(readJson(request(body, type))).rejects.toMatchObject({ code })
  })
}

/** A text nested so deep, in lists and objects by turns. */
function nested(depth: number): string {
  const [opened, closed] = ['{"a":', '}']
  return `${`[${opened}`.repeat(depth / 2)}"]}[{"${`${closed}]`.repeat(depth / 2)}`
}

test('reads JSON nested 32 levels deep, and no deeper', async () => {
  expect(JSON.stringify(await readJson(request(nested(32))))).toBe(nested(32))
  for (const depth of [34, 100_000]) {
    const failure = await readJson(request(nested(depth))).catch((error) => error)
    expect(failure).toMatchObject({ code: 'invalid', fields: [{ pointer: '' }] })
  }
})

test('brackets in a text are no depth', async () => {
  for (const text of ['['.repeat(100), '\\"{'.repeat(100), '\\\\"'])
    expect(await readJson(request(JSON.stringify({ text })))).toEqual({ text })
})

test('reads no further than the limit', async () => {
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(new Uint8Array(65_536).fill(0x61))
    },
  })
  await expect(readJson(request(endless))).rejects.toMatchObject({ code: 'too_large' })
  expect(pulled).toBeLessThan(30)
})

test('a body that breaks off is malformed, whatever broke it', async () => {
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"title":')),
    pull: (controller) => controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
  })
  await expect(readJson(request(broken))).rejects.toMatchObject({ code: 'malformed' })
})

test('reads JSON of any shape', async () => {
  for (const value of [{ a: [1, null, 'é'] }, [], 'text', 7, null, false])
    expect(await readJson(request(JSON.stringify(value), 'application/problem+json; charset=utf-8'))).toEqual(
      value,
    )
})
