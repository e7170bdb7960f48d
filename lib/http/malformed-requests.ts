import { randomUUID } from 'node:crypto'
import { type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError } from '@/lib/errors'
import { API_METHODS, corsHeaders } from '@/lib/http/cors'
import type { ConnectionHook } from '@/lib/http/node/on-request'
import { problemOf } from '@/lib/http/problem'
import { closeStaged } from '@/lib/http/staged-close'
import { log } from '@/lib/log'

/** A connection as the server that answers by it sees it. */
type HttpSocket = Duplex & { _httpMessage?: { headersSent: boolean } | null }

/**
 * Answers what Node.js gives up on before it is a request, with a problem that any origin may read: what is not HTTP,
 * is too slow, or has too many headers. Which path it was meant for is not known by then, so all are answered so.
 *
 * @param upgrades whether to another protocol is upgraded, as the development server does. Otherwise who wants to is
 *   answered as if it had not asked (RFC 9110, 7.8): Next.js would let the connection hang.
 */
export function answerMalformedRequests({ upgrades }: { upgrades: boolean }): ConnectionHook {
  const known = new WeakSet<Server>()
  return (_, server) => {
    if (known.has(server)) return
    known.add(server)
    watch(server)
    if (!upgrades) Object.assign(server, { shouldUpgradeCallback: () => false })
  }
}

function watch(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: HttpSocket) => {
    // Half an answer can't be taken back, and no second one be sent after it.
    const answering = socket._httpMessage?.headersSent === true
    if (error.code === 'ECONNRESET' || answering) socket.destroy()
    else refuse(socket, refusalOf(error.code))
  })
  server.on('connect', (_, socket) => refuse(socket, notAProxy()))
}

/** What Node.js calls it, as a failure that may be told. */
function refusalOf(code: string | undefined): AppError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new AppError(
        'headers_too_large',
        'The address and the headers may have at most 16 KiB together.',
      )
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new AppError('too_large', 'The extensions of the chunks may have at most 16 KiB together.')
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AppError('request_timeout', 'The request did not come to its end in time.')
    default:
      return new AppError('malformed', 'This is not a request in HTTP/1.1.')
  }
}

function notAProxy(): AppError {
  return new AppError('method_not_allowed', 'CONNECT is for proxies, and this is none.', {
    headers: { Allow: API_METHODS },
  })
}

/** Says why, once, and closes. */
function refuse(socket: Duplex, error: AppError): void {
  if (!socket.writable) return
  const requestId = randomUUID()
  log().info({ requestId, status: error.status, code: error.code }, 'malformed request')
  const body = JSON.stringify(problemOf(error, requestId))
  const headers = {
    ...corsHeaders(null, API_METHODS),
    ...error.headers,
    'X-Request-Id': requestId,
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    Date: new Date().toUTCString(),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n${body}`)
  closeStaged(socket)
}
