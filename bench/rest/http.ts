import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { create, list, read } from './posts'

const PATH = '/api/posts'

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url = '' } = request
  if (method === 'POST') {
    const { title, content } = (await json(request)) as { title: string; content: string }
    const id = randomUUID()
    return send(response, 201, await create({ id, title, content, slug: id }))
  }
  send(response, 200, url === PATH ? await list() : await read(url.slice(PATH.length + 1)))
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.byteLength })
    .end(body)
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.destroy(error as Error))
}).listen(Number(process.env.PORT), '127.0.0.1')
