import { expect, test } from '@playwright/test'
import { type Answer, toResponse } from '@/lib/http/answer'
import { examplePost } from '@/lib/openapi/examples'
import type { createPost, deletePost } from '@/lib/openapi/operations/posts'
import type { listLedger } from '@/lib/openapi/operations/usage'

type Created = Answer<typeof createPost>
type Deleted = Answer<typeof deletePost>
type Ledger = Answer<typeof listLedger>
type Json = typeof examplePost
type Is<Given, It> = Given extends It ? true : false

const headers = { ETag: '"v1"', Location: '/api/posts/1' }

test('a handler may answer what its operation describes, and the compiler refuses the rest', () => {
  // What is wrong here does not compile.
  const described: Is<{ status: 201; json: Json; headers: typeof headers }, Created> = true
  const anotherStatus: Is<{ status: 200; json: Json; headers: typeof headers }, Created> = false
  const noBody: Is<{ status: 201; headers: typeof headers }, Created> = false
  const missingField: Is<{ status: 201; json: Omit<Json, 'slug'>; headers: typeof headers }, Created> = false
  const otherType: Is<
    { status: 201; json: Omit<Json, 'version'> & { version: string }; headers: typeof headers },
    Created
  > = false
  const missingHeader: Is<{ status: 201; json: Json; headers: { ETag: string } }, Created> = false
  const aBodyForNothing: Is<{ status: 204; json: Json }, Deleted> = false
  const bare: Is<{ status: 204 }, Deleted> = true
  const stream: Is<{ status: 200; type: 'text/csv'; stream: ReadableStream<Uint8Array> }, Ledger> = true
  const otherStream: Is<{ status: 200; type: 'text/html'; stream: ReadableStream<Uint8Array> }, Ledger> =
    false
  expect([described, bare, stream]).toEqual([true, true, true])
  expect([
    anotherStatus,
    noBody,
    missingField,
    otherType,
    missingHeader,
    aBodyForNothing,
    otherStream,
  ]).toEqual(Array(7).fill(false))
})

test('JSON is sent with its status and headers', async () => {
  const response = toResponse({ status: 201, json: examplePost, headers })
  expect(response.status).toBe(201)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('location')).toBe('/api/posts/1')
  expect(await response.json()).toEqual(examplePost)
})

test('null is JSON, and nothing is nothing', async () => {
  expect(await toResponse({ status: 200, json: null }).text()).toBe('null')
  for (const status of [204, 304]) expect(toResponse({ status, headers }).body).toBeNull()
})

test('a stream is sent as it is, of its type', async () => {
  const stream = () => new Blob(['a,b']).stream()
  const plain = toResponse({ status: 200, type: 'text/csv', stream: stream() })
  expect(plain.headers.get('content-type')).toBe('text/csv')
  expect(await plain.text()).toBe('a,b')
  const told = toResponse({
    status: 200,
    type: 'text/csv',
    stream: stream(),
    headers: { 'Content-Type': 'text/csv; charset=utf-8' },
  })
  expect(told.headers.get('content-type')).toBe('text/csv; charset=utf-8')
})
