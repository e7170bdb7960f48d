import { randomUUID } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import type { Exchange } from '@/lib/http/node/on-request'
import { log } from '@/lib/log'

/** The header that carries the verified address through Next.js. What a client sends under this name is lost. */
const CLIENT_ADDRESS = 'x-inkwell-client-address'
const UNDECLARED_PROXY = 'x-inkwell-undeclared-proxy'

// On globalThis, because Next.js loads instrumentation and each route as separate module graphs.
const holder = globalThis as typeof globalThis & {
  inkwellStamp?: string
  inkwellUndeclaredProxies?: Set<string>
}

/**
 * Next.js listens before it runs instrumentation, and answers afterwards what came in between. Those requests were
 * not stamped, and still bear what their clients wrote; by this word, which nobody else knows, a stamp is told.
 */
function stamp(): string {
  holder.inkwellStamp ??= randomUUID()
  return holder.inkwellStamp
}

/**
 * Writes the caller's verified address onto a request before Next.js sees it. Next.js would hand the
 * client's own `X-Forwarded-For` on, and nothing behind it could tell that from the truth.
 *
 * A request that bears the stamp has been here before: where an action leads to a page, Next.js asks itself for that page,
 * with the headers that the action came with. It is for whoever sent those, not for this machine.
 */
export function stampClientAddress({ request }: Exchange): void {
  if (String(request.headers[CLIENT_ADDRESS] ?? '').startsWith(`${stamp()} `)) return
  const peer = request.socket.remoteAddress ?? ''
  const forwardedFor = request.headers['x-forwarded-for']
  const { address, undeclaredProxy } = verifyCaller(peer, forwardedFor, env().TRUSTED_PROXIES)
  if (undeclaredProxy) warnOnce(address)
  request.headers[CLIENT_ADDRESS] = `${stamp()} ${address}`
  request.headers[UNDECLARED_PROXY] = undeclaredProxy ? 'yes' : 'no'
}

/**
 * The verified address of the caller, or `unknown` where its connection had none left to tell.
 *
 * @throws AppError `unavailable` where nothing stamped the request, as in the first moments of a server.
 */
export function clientAddress(headers: Headers): string {
  const [by, address] = (headers.get(CLIENT_ADDRESS) ?? '').split(' ')
  if (by === stamp()) return address || 'unknown'
  throw new AppError('unavailable', 'This server is just starting. Please try again.', { retryAfter: 1 })
}

/** Whether the address is that of a proxy nobody has declared, behind which all visitors look alike. */
export function isUndeclaredProxy(headers: Headers): boolean {
  return headers.get(UNDECLARED_PROXY) === 'yes'
}

/**
 * Where something on the private network stands that may forward for others. Not on this machine itself: there
 * anybody may claim to forward, as a test or a script does, and must not get out of the limits by it.
 */
function isPrivate(address: string): boolean {
  return ['private', 'uniqueLocal'].includes(ipaddr.process(address).range())
}

/** The addresses of proxies that nobody has declared, as far as this instance has met them. */
export function undeclaredProxies(): string[] {
  return [...(holder.inkwellUndeclaredProxies ?? [])]
}

function warnOnce(address: string): void {
  holder.inkwellUndeclaredProxies ??= new Set()
  const warned = holder.inkwellUndeclaredProxies
  if (warned.has(address) || warned.size > 100) return
  warned.add(address)
  log().warn(
    { address },
    'requests come through a proxy that TRUSTED_PROXIES does not name: visitors share one budget',
  )
}

/**
 * The address nearest to us that is not one of our proxies: the socket's own, unless that is a trusted proxy;
 * then what it says it forwarded for, and so on from right to left. What an untrusted one says never counts, but
 * one on the private network that says it forwarded is taken for a proxy that nobody has declared. A caller there
 * of whom nothing more is said is just a caller.
 */
export function verifyCaller(
  peer: string,
  forwardedFor: string | string[] | undefined,
  trusted: string[],
): { address: string; undeclaredProxy: boolean } {
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
  if (address === null) return { address: '', undeclaredProxy: false }
  return { address, undeclaredProxy: hops.length > 0 && isPrivate(address) && !isTrusted(address, trusted) }
}

/** IPv4 as such, also where it comes mapped into IPv6; null for what is no address. */
function normalize(hop: string): string | null {
  const known = normalized.get(hop)
  if (known !== undefined) return known || null
  const address = withoutPort(hop)
  const normal = ipaddr.isValid(address) ? ipaddr.process(address).toString() : ''
  normalized.set(hop, normal)
  return normal || null
}

/** Empty for what is no address. Parsing took most of the time of verifying a caller, and the same callers come again. */
const normalized = new LRUCache<string, string>({ max: 1_000 })

/** Some proxies write `203.0.113.7:4711` and `[2001:db8::1]:4711`. IPv6 without brackets has no port to take off. */
function withoutPort(hop: string): string {
  return hop.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
}

function isTrusted(address: string, trusted: string[]): boolean {
  const it = ipaddr.process(address)
  return trusted.some((range) => {
    const [base, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.process(range), null]
    if (base.kind() !== it.kind()) return false
    return it.match(base, bits ?? (base.kind() === 'ipv4' ? 32 : 128))
  })
}
