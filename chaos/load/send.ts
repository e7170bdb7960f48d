import { request as connect, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Caller } from './people'

export type Message = {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  json?: unknown
  form?: Record<string, string>
  signal?: AbortSignal
}

/** How long a client waits for an answer, in milliseconds: a paused instance gives none. */
const PATIENCE_MS = 12_000

/**
 * Sends one request from the caller's own address, which `fetch` can't choose, and never follows a redirect.
 *
 * @throws whatever cut the connection
 */
export async function send(caller: Caller, url: string, message: Message = {}): Promise<Response> {
  const { method = 'GET', json, form, signal } = message
  const headers: Record<string, string> = { ...message.headers }
  if (caller.key) headers.authorization = `Bearer ${caller.key}`
  if (caller.cookie) headers.cookie = caller.cookie
  let body: Buffer | null = null
  if (json !== undefined) {
    headers['content-type'] = 'application/json'
    body = Buffer.from(JSON.stringify(json))
  } else if (form) {
    const multipart = new Request('http://form/', { method: 'POST', body: asFormData(form) })
    headers['content-type'] = multipart.headers.get('content-type') ?? ''
    body = Buffer.from(await multipart.arrayBuffer())
  }
  if (body) headers['content-length'] = String(body.byteLength)

  const patience = AbortSignal.timeout(PATIENCE_MS)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sending = connect(url, {
      method,
      headers,
      agent: false,
      localAddress: caller.address,
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    })
    sending.on('response', resolve)
    sending.on('error', reject)
    sending.end(body)
  })
  const status = answer.statusCode ?? 0
  const empty = status === 204 || status === 304
  if (empty) answer.resume()
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), {
    status,
    headers: new Headers(Object.entries(answer.headers).flatMap(pairs)),
  })
}

function pairs([name, value]: [string, string | string[] | undefined]): [string, string][] {
  return [value ?? []].flat().map((one) => [name, one])
}

function asFormData(values: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  return form
}
