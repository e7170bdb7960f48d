import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { sessionSecrets } from '@/lib/secrets'
import type { Visitor } from '@/lib/services/subject'

/**
 * The visitor behind a verified address. Stored is only its keyed hash; an IPv6 network of 64 bits, which is what
 * one household gets, is one visitor.
 */
export function visitorAt(address: string): Visitor {
  // The oldest secret: rotating in a new one must not hand out today's free tries again.
  const secret = sessionSecrets().at(-1) ?? ''
  const visitor = createHmac('sha256', secret)
    .update(`visitor:${network(address)}`)
    .digest('hex')
    .slice(0, 32)
  return { visitor }
}

function network(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const it = ipaddr.process(address)
  if (it.kind() === 'ipv4') return it.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${it}/64`).toString()
}
