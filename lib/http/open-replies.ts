import type { Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange } from '@/lib/http/node/on-request'

const servers = new Set<Server>()
const open = new Set<ServerResponse>()

/** Keeps account of a request until it has been answered to the end. */
export function trackReply({ server, response }: Exchange): void {
  servers.add(server)
  open.add(response)
  response.once('close', () => open.delete(response))
}

/**
 * Takes no more requests, and resolves when nobody waits for an answer any more, at the latest after `graceMs`
 * milliseconds. Whoever comes from then on is refused at once, instead of being cut off in the middle of an answer.
 */
export async function closeDoors(graceMs: number): Promise<void> {
  for (const server of servers) server.close()
  const until = performance.now() + graceMs
  for (;;) {
    // A connection that is kept alive could still bring a request after the last look at those that are open.
    for (const server of servers) server.closeIdleConnections()
    if (open.size === 0 || performance.now() > until) return
    await sleep(20)
  }
}
