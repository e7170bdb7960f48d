import { expectMalformedRefusal } from '../fixtures/documented'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor } from '../fixtures/factories'
import { exchange } from '../fixtures/fuzz/wire'
import { expectProblem } from '../fixtures/problem'
import { ownAddress, type RawAnswer } from '../fixtures/raw-http'
import { expect, test } from '../fixtures/test'

/** What the product answers to these bytes; `halfClose` says that no more will come. */
async function send(bytes: string, halfClose = false): Promise<RawAnswer> {
  const to = { port: PRODUCT.port, from: ownAddress(), patienceMs: 30_000, halfClose }
  const method = bytes.split(' ')[0] ?? ''
  const answer = await exchange(to, method, [Buffer.from(bytes, 'latin1')])
  if (!answer) throw new Error('it was not answered')
  expectMalformedRefusal(method, bytes.split(' ')[1] ?? '', answer)
  return answer
}

const HEAD = 'GET /api/health HTTP/1.1\r\nConnection: close\r\n'

const refused = [
  { name: 'what is not HTTP', bytes: 'hello\r\n\r\n', code: 'malformed' },
  { name: 'a request without a host', bytes: `${HEAD}\r\n`, code: 'malformed' },
  { name: 'a host without a name', bytes: `${HEAD}Host:\r\n\r\n`, code: 'malformed' },
  { name: 'too many headers', bytes: `${HEAD}A: ${'a'.repeat(20_000)}\r\n\r\n`, code: 'headers_too_large' },
  { name: 'CONNECT', bytes: 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', code: 'method_not_allowed' },
] as const

for (const { name, bytes, code } of refused) {
  test(`${name} is answered with a problem`, async () => {
    const answer = await send(bytes)
    await expectProblem(answer, code)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })
}

test('a body that ends before its declared length is answered with a problem', async ({ writer }) => {
  const head = [
    'POST /api/posts HTTP/1.1',
    'Host: a',
    `Authorization: Bearer ${await createKeyFor(writer)}`,
    'Content-Type: application/json',
    'Content-Length: 100',
  ]
  await expectProblem(await send(`${head.join('\r\n')}\r\n\r\n{"title":`, true), 'malformed')
})

const taken = [
  { name: 'HTTP/1.0, which has no host', bytes: 'GET /api/health HTTP/1.0\r\n\r\n' },
  { name: 'an expectation that nobody knows', bytes: `${HEAD}Host: a\r\nExpect: miracles\r\n\r\n` },
  { name: 'one that is met', bytes: `${HEAD}Host: a\r\nExpect: 100-continue\r\n\r\n` },
  {
    name: 'a wish to upgrade',
    bytes: 'GET /api/health HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: h2c\r\n\r\n',
  },
  { name: 'an absolute address', bytes: `GET http://a${HEAD.slice(4)}Host: a\r\n\r\n` },
  { name: 'a host that is no name', bytes: `${HEAD}Host: a b:99999\r\n\r\n` },
]

for (const { name, bytes } of taken) {
  test(`${name} is served`, async () => {
    expect((await send(bytes)).status).toBe(200)
  })
}

test('OPTIONS of the server as a whole tells every method', async () => {
  const answer = await send('OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({
    status: 204,
    allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
})

test('TRACE of a page is refused, not failed', async () => {
  const answer = await send('TRACE /posts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(answer.status).toBe(403)
})
