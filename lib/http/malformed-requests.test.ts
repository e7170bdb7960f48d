import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { answerMalformedRequests } from '@/lib/http/malformed-requests'
import { onConnection } from '@/lib/http/node/on-request'

test.beforeAll(() => onConnection(answerMalformedRequests({ upgrades: false })))

type Answer = { status: number; headers: Headers; body: string }

/** Sends bytes to a server of its own, which answers what is a request with 200, and reads all that it says. */
async function send(bytes: string, settings: Parameters<typeof createServer>[0] = {}): Promise<Answer> {
  const server = createServer(settings, (_, response) => response.end('heard'))
  server.on('upgrade', (_, socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await exchange(server, bytes)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function exchange(server: Server, bytes: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n')
      const [statusLine = '', ...lines] = head.split('\r\n')
      const headers = new Headers(lines.map((line) => line.split(': ', 2) as [string, string]))
      resolve({ status: Number(statusLine.split(' ')[1]), headers, body })
    })
    socket.write(bytes)
  })
}

const GET = 'GET /api/posts HTTP/1.1\r\nHost: a\r\n'

const malformed: { name: string; bytes: string; status: number; code: string }[] = [
  { name: 'what is not HTTP', bytes: 'nonsense\r\n\r\n', status: 400, code: 'malformed' },
  { name: 'another protocol', bytes: '\x16\x03\x01\x02\x00\x01\x00', status: 400, code: 'malformed' },
  { name: 'a method that is none', bytes: 'FOO /api HTTP/1.1\r\n\r\n', status: 400, code: 'malformed' },
  { name: 'a header that is none', bytes: `${GET}a b: c\r\n\r\n`, status: 400, code: 'malformed' },
  {
    name: 'two lengths',
    bytes: `${GET}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    status: 400,
    code: 'malformed',
  },
  {
    name: 'too many headers',
    bytes: `${GET}A: ${'a'.repeat(16_384)}\r\n\r\n`,
    status: 431,
    code: 'headers_too_large',
  },
  {
    name: 'too long an address',
    bytes: `GET /api/${'a'.repeat(16_384)} HTTP/1.1\r\n`,
    status: 431,
    code: 'headers_too_large',
  },
  {
    name: 'CONNECT',
    bytes: 'CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n',
    status: 405,
    code: 'method_not_allowed',
  },
]

for (const { name, bytes, status, code } of malformed) {
  test(`${name} is answered with a problem that any origin may read`, async () => {
    expectProblem(await send(bytes), status, code)
  })
}

test('what does not come to its end is answered when its time is over', async () => {
  const settings = { headersTimeout: 100, requestTimeout: 100, connectionsCheckingInterval: 20 }
  expectProblem(await send(GET, settings), 408, 'request_timeout')
})

test('what still comes after the refusal does not lose it', async () => {
  const bytes = `${GET}a b: c\r\n\r\n${'a'.repeat(20_000_000)}`
  for (let n = 0; n < 5; n++) expectProblem(await send(bytes), 400, 'malformed')
})

test('CONNECT is told which methods there are', async () => {
  const answer = await send('CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n')
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, PATCH, DELETE, OPTIONS')
})

test('who wants to upgrade is answered as if it had not asked', async () => {
  const answer = await send(`${GET}Connection: close, Upgrade\r\nUpgrade: h2c\r\n\r\n`)
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('heard') })
})

function expectProblem({ status, headers, body }: Answer, expected: number, code: string): void {
  expect({ status, type: headers.get('content-type') }).toEqual({
    status: expected,
    type: 'application/problem+json',
  })
  expect(JSON.parse(body)).toMatchObject({ status, code, requestId: headers.get('x-request-id') })
  expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  expect(headers.get('connection')).toBe('close')
}
