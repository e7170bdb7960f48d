import { openApiDocument } from '@/lib/openapi/document'
import { expectDocumented } from '../fixtures/documented'
import { expectProblem } from '../fixtures/problem'
import { rawCall } from '../fixtures/raw-http'
import { apiWith, expect, test } from '../fixtures/test'

const nobody = apiWith(null)

test('the document is served to everybody, in OpenAPI 3.1', async () => {
  const answer = await nobody('/api/openapi.json')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/json')
  const document = await answer.json()
  expect(document.openapi).toMatch(/^3\.1\.\d$/)
  expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
  // Whoever asks, and with whatever: it is the same, and costs nobody a call.
  const asked = await apiWith('ink_no')('/api/openapi.json')
  expect(await asked.json()).toEqual(document)
  expect(asked.headers.get('ratelimit')).toBeNull()
})

test('what is known of it already is not sent again', async () => {
  const tag = (await nobody('/api/openapi.json')).headers.get('etag') ?? ''
  expect(tag).toMatch(/^"[\w-]+"$/)
  const again = await nobody('/api/openapi.json', { headers: { 'If-None-Match': tag } })
  expect({ status: again.status, text: await again.text() }).toEqual({ status: 304, text: '' })
  expect(again.headers.get('etag')).toBe(tag)
  expect((await nobody('/api/openapi.json', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
  const head = await rawCall('/api/openapi.json', { method: 'HEAD' })
  expect({ status: head.status, text: head.text, tag: head.headers.get('etag') }).toEqual({
    status: 200,
    text: '',
    tag,
  })
})

test('it is JSON or nothing', async () => {
  await expectProblem(
    await nobody('/api/openapi.json', { headers: { Accept: 'application/yaml' } }),
    'not_acceptable',
  )
})

/** What the fixtures compare every answer with the document by would find each of these. */
const undocumented: { name: string; change: (answer: Documented) => Partial<Documented>; says: RegExp }[] = [
  { name: 'a status', change: () => ({ status: 418 }), says: /no such status/ },
  {
    name: 'a type',
    change: ({ headers }) => ({ headers: without(headers, 'content-type') }),
    says: /health/,
  },
  {
    name: 'a missing header',
    change: ({ headers }) => ({ headers: without(headers, 'x-request-id') }),
    says: /X-Request-Id is missing/,
  },
  {
    name: 'a missing field',
    change: () => ({ text: '{"status":"ok"}' }),
    says: /required property 'version'/,
  },
  {
    name: 'a field more',
    change: () => ({ text: '{"status":"ok","version":"1","secret":1}' }),
    says: /additional properties/,
  },
  {
    name: 'a field of another type',
    change: () => ({ text: '{"status":"ok","version":1}' }),
    says: /version must be string/,
  },
]
type Documented = { status: number; headers: Headers; text: string }

for (const { name, change, says } of undocumented) {
  test(`${name} that the document does not describe would be found`, async () => {
    const answer = await rawCall('/api/health')
    expectDocumented('GET', '/api/health', answer)
    expect(() => expectDocumented('GET', '/api/health', { ...answer, ...change(answer) })).toThrow(says)
  })
}

function without(headers: Headers, name: string): Headers {
  const fewer = new Headers(headers)
  fewer.delete(name)
  return fewer
}
