import type { IncomingMessage } from 'node:http'
import type { Exchange } from '@/lib/http/node/on-request'
import { isForApi } from '@/lib/http/readable-paths'

/** The methods that Next.js hands to a route; it answers others by itself, in words of its own and without CORS. */
const ROUTED = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** What Next.js says to itself by headers, for pages: by one of them it would redirect a call of the API. */
const FRAMEWORKS_OWN =
  /^(?:rsc|next-.*|x-nextjs-.*|x-middleware-.*|x-matched-path|x-invoke-.*|x-prerender-.*)$/

/** The header that carries another method through Next.js. What a client sends under this name is lost. */
const METHOD = 'x-inkwell-method'

/**
 * Lets a request to the API come to its pipeline, also one that Node.js or Next.js would answer before it: with a
 * method that is not routed, without a `Host`, with an `Expect` that nobody knows, or with headers that Next.js itself
 * gives a meaning to.
 */
export function routeEveryMethod({ request }: Exchange): void {
  // What is asked of the server as a whole, the API answers: it has no path of its own.
  if (request.url === '*') request.url = '/api'
  // Of a page, Next.js refuses all methods but this one, over which it fails.
  if (isForApi(request) || request.method === 'TRACE') makeRoutable(request)
}

/** The request as Next.js routes it: what it was before, its headers tell. */
export function makeRoutable(request: Pick<IncomingMessage, 'method' | 'headers' | 'httpVersion'>): void {
  const { method = '', headers, httpVersion } = request
  delete headers[METHOD]
  if (!ROUTED.includes(method)) {
    headers[METHOD] = method
    request.method = 'OPTIONS'
  }
  for (const name of Object.keys(headers)) if (FRAMEWORKS_OWN.test(name)) delete headers[name]
  if (httpVersion === '1.1') headers.host ??= ''
  // A server may ignore what it does not know (RFC 9110, 10.1.1).
  if (!/^100-continue$/i.test(headers.expect ?? '')) delete headers.expect
}

/** The method that Next.js does not route, by which a request came as OPTIONS; null for all others. */
export function unroutedMethod(headers: Headers): string | null {
  return headers.get(METHOD)
}
