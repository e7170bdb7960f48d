import { bodyLimits, UPLOAD_MAX_BYTES } from '@/lib/body-limits'
import type { ErrorCode } from '@/lib/errors'
import { query, sql } from '@/lib/sql'
import { createKeyFor } from '../fixtures/factories'
import { BOUNDARY, END, FILE, MULTIPART, partHead } from '../fixtures/multipart'
import { picture } from '../fixtures/pictures'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { type RawCall, rawCall } from '../fixtures/raw-http'
import { test as base, expect } from '../fixtures/test'

type Send = (call: Omit<RawCall, 'method'>) => ReturnType<typeof rawCall>

const test = base.extend<{ send: Send }>({
  send: async ({ writer }, use) => {
    const Authorization = `Bearer ${await createKeyFor(writer)}`
    await use(({ headers, ...call }) =>
      rawCall('/api/uploads', { method: 'POST', headers: { Authorization, ...headers }, ...call }),
    )
  },
})

const types = [
  'application/json',
  'image/png',
  'application/x-www-form-urlencoded',
  'multipart/mixed; boundary=x',
  'text/plain',
  '',
]

for (const type of types) {
  test(`a body as ${type || 'no type at all'} is 415`, async ({ send }) => {
    const headers: Record<string, string> = type ? { 'Content-Type': type } : {}
    const answer = await send({ headers, body: [await picture()] })
    await expectProblem(answer, 'unsupported_media_type')
  })
}

type Row = {
  name: string
  body: () => Promise<(string | Uint8Array)[]> | string[]
  code: ErrorCode
  pointers?: string[]
}

const TEXT = `--${BOUNDARY}\r\nContent-Disposition: form-data; name=`
const bodies: Row[] = [
  { name: 'no body', body: () => [], code: 'malformed' },
  { name: 'something else', body: () => ['{"file":"a.png"}'], code: 'malformed' },
  {
    name: 'a file that is cut off',
    body: async () => [FILE, (await picture()).subarray(0, 200)],
    code: 'malformed',
  },
  {
    name: 'a whole file without the end of the form',
    body: async () => [FILE, await picture()],
    code: 'malformed',
  },
  { name: 'nothing but the end', body: () => [END], code: 'invalid', pointers: ['/file'] },
  { name: 'an empty file', body: () => [FILE, '\r\n', END], code: 'invalid', pointers: ['/file'] },
  {
    name: 'a file field that was left alone',
    body: () => [partHead('name="file"; filename=""', 'application/octet-stream'), '\r\n', END],
    code: 'invalid',
    pointers: ['/file'],
  },
  {
    name: 'text in place of the file',
    body: () => [`${TEXT}"file"\r\n\r\nhello\r\n`, END],
    code: 'invalid',
    pointers: ['/file'],
  },
  {
    name: 'several files',
    body: async () => [FILE, await picture(), '\r\n', FILE, await picture(), '\r\n', END],
    code: 'invalid',
    pointers: ['/file'],
  },
  {
    name: 'the file under another name',
    body: async () => [partHead('name="picture"; filename="a.png"'), await picture(), '\r\n', END],
    code: 'invalid',
    pointers: ['/picture'],
  },
  {
    name: 'a field that is none, after the file',
    body: async () => [FILE, await picture(), '\r\n', `${TEXT}"a/b~c"\r\n\r\nhello\r\n`, END],
    code: 'invalid',
    pointers: ['/a~1b~0c'],
  },
  {
    name: 'a field called __proto__',
    body: async () => [`${TEXT}"__proto__"\r\n\r\nhello\r\n`, FILE, await picture(), '\r\n', END],
    code: 'invalid',
    pointers: ['/__proto__'],
  },
  {
    name: 'a part without a name',
    body: async () => [`--${BOUNDARY}\r\n\r\n`, await picture(), '\r\n', END],
    code: 'invalid',
    pointers: ['/file'],
  },
]

for (const { name, body, code, pointers = [] } of bodies) {
  test(`${name} is ${code}, and keeps nothing`, async ({ send, writer }) => {
    const problem = await expectProblem(await send({ headers: MULTIPART, body: await body() }), code)
    expect(pointersOf(problem)).toEqual(pointers)
    expect(await query(sql`SELECT FROM uploads WHERE owner_id = ${writer.userId}`)).toEqual([])
  })
}

test('a form without a boundary is malformed', async ({ send }) => {
  const headers = { 'Content-Type': 'multipart/form-data' }
  await expectProblem(await send({ headers, body: [FILE, END] }), 'malformed')
})

test('a form that says its length is taken, as is one that comes in pieces', async ({ send }) => {
  const body = [FILE, await picture(), '\r\n', END]
  const length = String(Buffer.concat(body.map((piece) => Buffer.from(piece))).length)
  expect((await send({ headers: { ...MULTIPART, 'Content-Length': length }, body })).status).toBe(201)
  expect((await send({ headers: MULTIPART, body })).status).toBe(201)
})

const limit = bodyLimits(UPLOAD_MAX_BYTES).body
const MIB = new Uint8Array(1_048_576)

test('a body that says it is too large is refused before a byte of it has come', async ({ send, writer }) => {
  const headers = { ...MULTIPART, 'Content-Length': String(limit + 1) }
  await expectProblem(await send({ headers, body: [], unfinished: true }), 'too_large')
  expect(await query(sql`SELECT FROM uploads WHERE owner_id = ${writer.userId}`)).toEqual([])
})

test('a file that turns out too large is refused while it comes, not at its end', async ({
  send,
  writer,
}) => {
  const body = [FILE, ...Array<Uint8Array>(12).fill(MIB)]
  await expectProblem(await send({ headers: MULTIPART, body, unfinished: true }), 'too_large')
  expect(await query(sql`SELECT FROM uploads WHERE owner_id = ${writer.userId}`)).toEqual([])
})

test('parts that nobody asked for count', async ({ send }) => {
  const nameless = `--${BOUNDARY}\r\nContent-Type: text/plain\r\n\r\n`
  const body = [nameless, ...Array<Uint8Array>(12).fill(MIB)]
  await expectProblem(await send({ headers: MULTIPART, body, unfinished: true }), 'too_large')
})

test('whoever sends far too much gets the answer, and may go on', async ({ send, api }) => {
  const body = [FILE, ...Array<Uint8Array>(64).fill(MIB), '\r\n', END]
  await expectProblem(await send({ headers: MULTIPART, body }), 'too_large')
  expect((await api('/api/uploads')).status).toBe(200)
})

for (const { bytes, code } of [
  { bytes: UPLOAD_MAX_BYTES, code: 'unsupported_media_type' },
  { bytes: UPLOAD_MAX_BYTES + 1, code: 'too_large' },
] as const) {
  test(`a file of ${bytes} bytes is ${code === 'too_large' ? '' : 'not '}too large`, async ({ send }) => {
    // No picture: whether it is one is asked only of a file that is not too large.
    const body = [FILE, new Uint8Array(bytes), '\r\n', END]
    await expectProblem(await send({ headers: MULTIPART, body }), code)
    const length = String(Buffer.concat(body.map((piece) => Buffer.from(piece))).length)
    const headers = { ...MULTIPART, 'Content-Length': length }
    await expectProblem(await send({ headers, body }), code)
  })
}
