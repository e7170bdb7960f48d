import { channel, subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

const open = new Set<ServerResponse>()

/** Keeps account, from now on, of the requests that have not been answered to the end. */
export function trackReplies(): void {
  // Asking for the channel first keeps it, and so our subscription, from being collected.
  channel('http.server.request.start')
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    open.add(response)
    response.once('close', () => open.delete(response))
  })
}

/** Resolves when nobody waits for an answer any more, and at the latest after `graceMs` milliseconds. */
export async function repliesSent(graceMs: number): Promise<void> {
  const until = performance.now() + graceMs
  while (open.size > 0 && performance.now() < until) await sleep(20)
}
