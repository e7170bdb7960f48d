import { channel, subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

/**
 * Sends an answer whose length is known as one piece. Next.js sends the head of every answer before it has looked at
 * the body, which is a second system call here and often a second packet on the way; streams need that, and only they.
 */
export function sendWholeAnswersAtOnce(): void {
  // Asking for the channel first keeps it, and so our subscription, from being collected.
  channel('http.server.request.start')
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    const flushHeaders = response.flushHeaders
    response.flushHeaders = () => {
      if (!response.hasHeader('content-length')) flushHeaders.call(response)
    }
  })
}
