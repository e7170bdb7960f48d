import type { IncomingMessage } from 'node:http'
import type { Exchange } from '@/lib/http/node/on-request'

/**
 * Puts the address of a request right before Next.js sees it, where Next.js would answer by itself: without CORS and
 * a request id, and for some with a 500.
 */
export function readPathOurselves({ request }: Exchange): void {
  request.url = readablePath(request.url ?? '/')
}

/**
 * The same address as a path that can be read: a percent sign that encodes nothing stands for itself (the router of
 * Next.js fails on it). In a path of the API, slashes too many are left out, segments of dots are followed (RFC 3986,
 * 5.2.4) and a backslash stands for itself (Next.js would redirect).
 */
export function readablePath(url: string): string {
  const target = url.replace(ABSOLUTE, '/')
  const end = target.search(/[?#]/)
  const path = end < 0 ? target : target.slice(0, end)
  const rest = end < 0 ? '' : target.slice(end)
  const readable = isDecodable(path) ? path : path.replaceAll('%', '%25')
  return normalized(readable) + rest
}

/** What stands before the path in the form that is for proxies, and that every server must take (RFC 9112, 3.2.2). */
const ABSOLUTE = /^https?:\/\/[^/?#]*\/?/i

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function normalized(path: string): string {
  const single = path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
  if (!isOfApi(single)) return path
  const escaped = single.replaceAll('\\', '%5C')
  if (!DOTS.test(escaped)) return escaped
  const followed = new URL(escaped, 'http://inkwell.invalid').pathname.replace(/(.)\/$/, '$1')
  return isOfApi(followed) ? followed : path
}

/** A segment of one dot or two, also where they are encoded. */
const DOTS = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/** Pages are not the API's; pictures are. */
function isOfApi(path: string): boolean {
  return /^\/(?:api(?:\/|$)|uploads\/[^/]+\/[^/]+$)/.test(path)
}

/** Whether a request is for the API, as its path will be read. */
export function isForApi({ url = '/' }: Pick<IncomingMessage, 'url'>): boolean {
  return isOfApi(readablePath(url).replace(/[?#].*$/s, ''))
}
