import { createHash } from 'node:crypto'
import type { OutgoingHttpHeader, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { type Coding, preferredCoding } from '@/lib/http/negotiate'
import type { Exchange } from '@/lib/http/node/on-request'
import { isReadingPage } from '@/lib/http/reading-pages'
import { withoutScripts } from '@/lib/http/without-scripts'
import { log } from '@/lib/log'

/**
 * Sends a page for reading without the scripts of Next.js, which has no setting for that: by them a page is twice as
 * long, and loads nine files more. They are taken out where the answer leaves, and each page is remembered as it was sent:
 * they seldom change. What the browser's router asks for is left as it is.
 */
export function sendReadingPageBare(exchange: Exchange): void {
  const { url = '', headers } = exchange.request
  const [pathname = ''] = url.split('?')
  if (isReadingPage(pathname) && !headers.rsc) holdBack(exchange)
}

/** Collects what is written, and sends it once it is whole. */
function holdBack({ request, response }: Exchange): void {
  const coding = preferredCoding(request.headers['accept-encoding'])
  // Next.js would compress what is still to be changed.
  delete request.headers['accept-encoding']
  const { writeHead, end } = response
  const pieces: Buffer[] = []
  response.flushHeaders = () => {}
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const message = typeof rest[0] === 'string' ? rest.shift() : null
    Object.assign(response, { statusCode: status, ...(message ? { statusMessage: message } : {}) })
    for (const [name, value] of pairsOf(rest[0])) response.setHeader(name, value)
    return response
  }
  response.write = (...written: unknown[]) => {
    pieces.push(bufferOf(written))
    const taken = callbackOf(written)
    if (taken) process.nextTick(taken)
    return true
  }
  response.end = (...written: unknown[]) => {
    pieces.push(bufferOf(written))
    const body = Buffer.concat(pieces)
    Object.assign(response, { writeHead, end })
    const sent = callbackOf(written)
    if (sent) response.once('finish', sent)
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

/** Node takes text, bytes, or nothing, then perhaps the encoding of the text, then perhaps a callback. */
function bufferOf([piece, encoding]: unknown[]): Buffer {
  if (typeof piece === 'string')
    return Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  return piece instanceof Uint8Array ? Buffer.from(piece) : Buffer.alloc(0)
}

function callbackOf(written: unknown[]): (() => void) | null {
  const last = written.at(-1)
  return typeof last === 'function' ? () => last() : null
}

/** Headers as Node takes them with the status: an object, or names and values in turn. */
function pairsOf(headers: unknown): [name: string, value: OutgoingHttpHeader][] {
  if (!Array.isArray(headers)) return Object.entries((headers ?? {}) as Record<string, OutgoingHttpHeader>)
  return headers.flatMap((name, at) => (at % 2 ? [] : [[name, headers[at + 1]] as [string, string]]))
}
