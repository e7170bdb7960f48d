import { channel, subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

/** The name under which the length of an answer gets past Next.js, which drops every `Content-Length` of a handler's. */
export const ANSWER_LENGTH = 'x-inkwell-answer-length'

/**
 * Sends an answer whose length is known as one piece and with that length. Next.js would send its head before it looks
 * at the body, and the body in chunks: two more system calls here, and packets on the way. Streams need that, and only
 * they.
 */
export function sendWholeAnswersAtOnce(): void {
  // Asking for the channel first keeps it, and so our subscription, from being collected.
  channel('http.server.request.start')
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    const { setHeader, flushHeaders } = response
    response.setHeader = (name, value) =>
      setHeader.call(response, name === ANSWER_LENGTH ? 'Content-Length' : name, value) as typeof response
    response.flushHeaders = () => {
      if (!response.hasHeader('Content-Length')) flushHeaders.call(response)
    }
  })
}
