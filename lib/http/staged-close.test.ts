import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { onConnection } from '@/lib/http/node/on-request'
import { closeInStages } from '@/lib/http/staged-close'

test.beforeAll(() => onConnection(closeInStages))

test('who still sends a body gets to read why it was refused', async () => {
  const server = createServer((_, response) => response.writeHead(413).end('too large'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const body = Buffer.alloc(20_000_000)
  for (let n = 0; n < 5; n++) {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      const chunks: Buffer[] = []
      socket.on('data', (chunk) => chunks.push(chunk))
      socket.on('error', reject)
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
      socket.write(
        `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.byteLength}\r\n\r\n`,
      )
      socket.write(body)
    })
    expect(said).toContain('too large')
  }
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
