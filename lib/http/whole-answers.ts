import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import type { Exchange } from '@/lib/http/node/on-request'

/** The name under which the length of an answer gets past Next.js, which drops every `Content-Length` of a handler's. */
export const ANSWER_LENGTH = 'x-inkwell-answer-length'

/** What a handler has said, to be sent where Next.js ends the answer. */
type Said = { body: Buffer<ArrayBuffer> | null; status: number }

// On globalThis, because Next.js loads instrumentation and each route as separate module graphs.
const holder = globalThis as typeof globalThis & { inkwellSaid?: AsyncLocalStorage<Said> }

function saidHere(): AsyncLocalStorage<Said> {
  holder.inkwellSaid ??= new AsyncLocalStorage()
  return holder.inkwellSaid
}

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

/**
 * Runs a handler, and sends what it says as a whole (`sayWhole`) without a detour: Next.js would make it a stream, and pump
 * that into the answer piece by piece.
 */
export function sendingWhole(response: ServerResponse, run: () => void): void {
  const said: Said = { body: null, status: 0 }
  const { end } = response
  response.end = ((...written: Parameters<typeof end>) => {
    const { body, status } = said
    said.body = null
    if (!body || response.headersSent) return end.apply(response, written)
    if (response.statusCode === status) return end.call(response, body, 'utf8')
    // Something went wrong after it was said, and was answered instead.
    response.removeHeader('Content-Length')
    return end.apply(response, written)
  }) as typeof end
  saidHere().run(said, run)
}

/** A handler's answer whose body is known as a whole. */
export function sayWhole(
  body: Buffer<ArrayBuffer>,
  status: number,
  headers: Record<string, string>,
): Response {
  const said = saidHere().getStore()
  if (said) Object.assign(said, { body, status })
  return new Response(said ? null : body, {
    status,
    headers: { ...headers, [ANSWER_LENGTH]: String(body.length) },
  })
}
