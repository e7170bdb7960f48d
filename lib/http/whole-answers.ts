import type { Exchange } from '@/lib/http/node/on-request'

/** The name under which the length of an answer gets past Next.js, which drops every `Content-Length` of a handler's. */
export const ANSWER_LENGTH = 'x-inkwell-answer-length'

/**
 * Sends an answer whose length is known as one piece and with that length. Next.js would send its head before it looks
 * at the body, and the body in chunks: two more system calls here, and packets on the way. Streams need that, and only
 * they.
 */
export function sendWholeAnswerAtOnce({ response }: Exchange): void {
  const { setHeader, flushHeaders } = response
  response.setHeader = (name, value) =>
    setHeader.call(response, name === ANSWER_LENGTH ? 'Content-Length' : name, value) as typeof response
  response.flushHeaders = () => {
    if (!response.hasHeader('Content-Length')) flushHeaders.call(response)
  }
}
