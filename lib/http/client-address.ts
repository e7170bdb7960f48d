import { channel, subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import { env } from '@/lib/env'

/** The header that carries the verified address through Next.js. What a client sends under this name is lost. */
const CLIENT_ADDRESS = 'x-inkwell-client-address'

/**
 * Writes the caller's verified address onto every request before Next.js sees it. Next.js would hand the
 * client's own `X-Forwarded-For` on, and nothing behind it could tell that from the truth.
 */
export function stampClientAddresses(): void {
  // Asking for the channel first keeps it, and so our subscription, from being collected.
  channel('http.server.request.start')
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const peer = request.socket.remoteAddress ?? ''
    request.headers[CLIENT_ADDRESS] = verifiedAddress(
      peer,
      request.headers['x-forwarded-for'],
      env().TRUSTED_PROXIES,
    )
  })
}

/** The verified address of the caller, or `unknown` where nothing stamped the request. */
export function clientAddress(headers: Headers): string {
  return headers.get(CLIENT_ADDRESS) || 'unknown'
}

/**
 * The address nearest to us that is not one of our proxies: the socket's own, unless that is a trusted proxy;
 * then what it says it forwarded for, and so on from right to left. What an untrusted one says never counts.
 */
export function verifiedAddress(
  peer: string,
  forwardedFor: string | string[] | undefined,
  trusted: string[],
): string {
  const hops = [forwardedFor ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  let address = normalize(peer)
  while (address !== null && hops.length > 0 && isTrusted(address, trusted)) {
    const next = normalize(hops.pop() ?? '')
    if (next === null) break
    address = next
  }
  return address ?? ''
}

/** IPv4 as such, also where it comes mapped into IPv6; null for what is no address. */
function normalize(address: string): string | null {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : null
}

function isTrusted(address: string, trusted: string[]): boolean {
  const it = ipaddr.process(address)
  return trusted.some((range) => {
    const [base, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), null]
    if (base.kind() !== it.kind()) return false
    return it.match(base, bits ?? (base.kind() === 'ipv4' ? 32 : 128))
  })
}
