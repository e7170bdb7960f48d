import { createHash } from 'node:crypto'
import { channel, subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { type Coding, preferredCoding } from '@/lib/http/negotiate'
import { isReadingPage } from '@/lib/http/reading-pages'
import { withoutScripts } from '@/lib/http/without-scripts'
import { log } from '@/lib/log'

/**
 * Sends the pages for reading without the scripts of Next.js, which has no setting for that: by them a page is twice as
 * long, and loads nine files more. They are taken out where the answer leaves, and each page is remembered as it was sent:
 * they seldom change. What the browser's router asks for is left as it is.
 */
export function sendReadingPagesBare(): void {
  // Asking for the channel first keeps it, and so our subscription, from being collected.
  channel('http.server.request.start')
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const [pathname = ''] = (request.url ?? '').split('?')
    if (isReadingPage(pathname) && !request.headers.rsc) holdBack(request, response)
  })
}

/** Collects what is written, and sends it once it is whole. */
function holdBack(request: IncomingMessage, response: ServerResponse): void {
  const coding = preferredCoding(request.headers['accept-encoding'])
  // Next.js would compress what is still to be changed.
  delete request.headers['accept-encoding']
  const { writeHead, end } = response
  const pieces: Buffer[] = []
  response.flushHeaders = () => {}
  response.writeHead = (status: number) => {
    response.statusCode = status
    return response
  }
  response.write = (piece: unknown) => {
    pieces.push(bufferOf(piece))
    return true
  }
  response.end = (piece?: unknown) => {
    pieces.push(bufferOf(piece))
    const body = Buffer.concat(pieces)
    Object.assign(response, { writeHead, end })
    send(response, body, coding).catch((err: unknown) => {
      log().error({ err }, 'a page could not be sent')
      response.destroy()
    })
    return response
  }
}

async function send(response: ServerResponse, body: Buffer, coding: Coding): Promise<void> {
  const isPage = String(response.getHeader('Content-Type')).startsWith('text/html')
  if (!isPage || body.length === 0) {
    // To HEAD, Next.js tells the length that the page has with its scripts.
    if (isPage) response.removeHeader('Content-Length')
    response.end(body)
    return
  }
  const page = await bare(body, coding)
  // Next.js would let caches between us and the reader keep it for a year. Its address stays, and it does not.
  response.setHeader('Cache-Control', 'public, no-cache')
  if (coding !== 'identity') response.setHeader('Content-Encoding', coding)
  response.setHeader('Content-Length', page.length)
  response.end(page)
}

/** By the page as Next.js made it. Sizes in bytes. */
const sent = new LRUCache<string, Buffer, { body: Buffer; coding: Coding }>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: ({ length }) => length + 100,
  // Whoever waits for one that has no room any more is answered nevertheless.
  ignoreFetchAbort: true,
  fetchMethod: async (_key, _old, { context: { body, coding } }) =>
    CODERS[coding](await withoutScripts(body.toString())),
})

function bare(body: Buffer, coding: Coding): Promise<Buffer> {
  const key = coding + createHash('sha256').update(body).digest('base64')
  return sent.forceFetch(key, { context: { body, coding } })
}

const CODERS: Record<Coding, (html: string) => Promise<Buffer>> = {
  br: (html) => promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (html) => promisify(gzip)(html),
  identity: async (html) => Buffer.from(html),
}

/** Node takes text, bytes, or nothing, and, after it or in its place, a callback. */
function bufferOf(piece: unknown): Buffer {
  if (typeof piece === 'string') return Buffer.from(piece)
  return piece instanceof Uint8Array ? Buffer.from(piece) : Buffer.alloc(0)
}
