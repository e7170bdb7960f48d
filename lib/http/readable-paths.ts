import { channel, subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/**
 * Puts the address of every request right before Next.js sees it, where Next.js would answer by itself: without CORS
 * and a request id, and for some with a 500.
 */
export function readPathsOurselves(): void {
  // Asking for the channel first keeps it, and so our subscription, from being collected.
  channel('http.server.request.start')
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    request.url = readablePath(request.url ?? '/')
  })
}

/**
 * The same address with a path that can be read: a percent sign that encodes nothing stands for itself (the router of
 * Next.js fails on it), and slashes too many in a path of the API are left out (Next.js would redirect).
 */
export function readablePath(url: string): string {
  const end = url.search(/[?#]/)
  const path = end < 0 ? url : url.slice(0, end)
  const rest = end < 0 ? '' : url.slice(end)
  const readable = isDecodable(path) ? path : path.replaceAll('%', '%25')
  return withoutSlashes(readable) + rest
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function withoutSlashes(path: string): string {
  const single = path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
  return /^\/api(\/|$)/.test(single) ? single : path
}
