import { once } from 'node:events'
import {
  createServer,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type RequestListener,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { sendReadingPageBare } from '@/lib/http/bare-pages'
import { onRequest } from '@/lib/http/node/on-request'

test.beforeAll(() => onRequest(sendReadingPageBare))

const PAGE = '<!DOCTYPE html><html><body><p>Grüße</p><script src="/a.js"></script></body></html>'

/** What a reader of `/posts` gets of an answer that is written like this. */
async function answeredBy(write: RequestListener): Promise<Response> {
  const server = createServer(write).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/posts`)
    return new Response(await answer.text(), answer)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const heads: { name: string; head: OutgoingHttpHeaders | OutgoingHttpHeader[] }[] = [
  { name: 'an object', head: { 'Content-Type': 'text/html', Link: ['<a>', '<b>'] } },
  { name: 'a list', head: ['Content-Type', 'text/html', 'Link', ['<a>', '<b>']] },
]

for (const { name, head } of heads) {
  test(`headers that come with the status, as ${name}, are sent`, async () => {
    const answer = await answeredBy((_, response) => {
      response.writeHead(404, 'Gone', head)
      response.end(PAGE)
    })
    expect([answer.status, answer.statusText, answer.headers.get('link')]).toEqual([404, 'Gone', '<a>, <b>'])
    const text = await answer.text()
    expect(text).toContain('Grüße')
    expect(text).not.toContain('<script')
  })
}

test('who writes is told when that was taken, and when all of it was sent', async () => {
  const told: string[] = []
  const answer = await answeredBy((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.write(Buffer.from(PAGE).toString('base64'), 'base64', () => {
      told.push('taken')
      response.end(() => told.push('sent'))
    })
  })
  expect(await answer.text()).toContain('Grüße')
  await expect.poll(() => told).toEqual(['taken', 'sent'])
})
