import { randomUUID } from 'node:crypto'
import { authenticate, refuse } from '@/lib/auth/authenticate'
import { AppError } from '@/lib/errors'
import type { Call, Handler } from '@/lib/http/call'
import { visitorFrom } from '@/lib/http/caller'
import { API_METHODS, corsHeaders } from '@/lib/http/cors'
import { parseInput, readJson } from '@/lib/http/input'
import { receiveFile } from '@/lib/http/multipart'
import { choose } from '@/lib/http/negotiate'
import type { Policy } from '@/lib/http/policy'
import { asAppError, problemResponse } from '@/lib/http/problem'
import { rateLimitHeaders } from '@/lib/http/rate-limit'
import { isSameOrigin } from '@/lib/http/same-origin'
import { unroutedMethod } from '@/lib/http/unroutable'
import { log } from '@/lib/log'
import { spool } from '@/lib/providers/spool'
import { allow, consume, type LimitState, RateLimited } from '@/lib/services/rate-limits'

/** A part of the way of every call: it does its own, and calls what comes after it, or refuses. */
type Step = (next: Handler, policy: Policy) => Handler

/** The way of every call, in the order of its steps. */
export const STEPS: readonly Step[] = [
  withRequestId,
  withCors,
  withDeprecation,
  withErrors,
  withHost,
  withViewer,
  withRateLimit,
  withSameOrigin,
  withScope,
  withAccept,
  withIdempotencyKey,
  withInput,
  withFile,
]

/** Names the request, in the answer and in the log. */
function withRequestId(next: Handler): Handler {
  return async (call) => {
    call.requestId = randomUUID()
    const started = performance.now()
    const response = await next(call)
    response.headers.set('X-Request-Id', call.requestId)
    const { headers, nextUrl } = call.request
    const method = unroutedMethod(headers) ?? call.request.method
    const ms = Math.round(performance.now() - started)
    log().info(
      { requestId: call.requestId, method, path: nextUrl.pathname, status: response.status, ms },
      'api',
    )
    return response
  }
}

/** Every answer, errors too, may be read by pages of other origins. */
function withCors(next: Handler): Handler {
  return async (call) => {
    const response = await next(call)
    const origin = call.request.headers.get('origin')
    const methods = response.headers.get('Allow') ?? API_METHODS
    for (const [name, value] of Object.entries(corsHeaders(origin, methods))) {
      // By what the handler's answer differs, it still does.
      if (name === 'Vary') response.headers.append(name, value)
      else response.headers.set(name, value)
    }
    for (const [name, value] of call.headers) response.headers.set(name, value)
    return response
  }
}

/** What is to go says so in each of its answers, errors too: `Deprecation` (RFC 9745) and `Sunset` (RFC 8594). */
function withDeprecation(next: Handler, { deprecated }: Policy): Handler {
  if (!deprecated) return next
  const { since, sunset, link } = deprecated
  return async (call) => {
    const response = await next(call)
    response.headers.set('Deprecation', `@${Math.floor(since.getTime() / 1000)}`)
    response.headers.set('Sunset', sunset.toUTCString())
    // Beside the link to the next page, where there is one.
    response.headers.append('Link', `<${link}>; rel="deprecation"`)
    return response
  }
}

/** Whatever is thrown becomes a problem document. */
function withErrors(next: Handler): Handler {
  return async (call) => {
    try {
      return await next(call)
    } catch (error) {
      // The caller has gone: nothing is wrong, and nobody reads the answer.
      const { aborted, reason } = call.request.signal
      if (aborted && error === reason) return new Response(null, { status: 499 })
      return problemResponse(asAppError(error, call.requestId), call.requestId)
    }
  }
}

/** RFC 9110, section 7.2: without a host a request is malformed. HTTP/1.0 did not have one. */
function withHost(next: Handler): Handler {
  return async (call) => {
    if (call.request.headers.get('host') === '') {
      throw new AppError('malformed', 'A request needs a Host header that names the server.')
    }
    return next(call)
  }
}

/** Finds out who is asking. A bad credential costs a point of the address that sent it. */
function withViewer(next: Handler, { access }: Policy): Handler {
  return async (call) => {
    if (access === 'public') return next(call)
    try {
      const caller = await authenticate(call.request)
      call.viewer = caller?.viewer ?? null
      call.consumed = caller?.consumed ?? null
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') {
        await telling(call, consume('badCredentials', visitorFrom(call.request.headers)))
      }
      throw error
    }
    if (access === 'required' && !call.viewer)
      refuse('Send an API key as Authorization: Bearer ink_…, or log in.')
    return next(call)
  }
}

/**
 * Counts the call against its key, its user, or, for nobody, its address. What is public costs nothing to answer, nor does
 * a refusal of what nobody may do.
 */
function withRateLimit(next: Handler, { access }: Policy): Handler {
  return async (call) => {
    if (access === 'public' || (access === 'refused' && !call.viewer)) return next(call)
    tell(call, await telling(call, count(call)))
    return next(call)
  }
}

/** Lets a refusal for want of points tell the limit as well. */
async function telling(call: Call, counting: Promise<LimitState>): Promise<LimitState> {
  try {
    return await counting
  } catch (error) {
    if (error instanceof RateLimited) tell(call, error.state)
    throw error
  }
}

function tell(call: Call, state: LimitState): void {
  for (const [name, value] of Object.entries(rateLimitHeaders(state))) call.headers.set(name, value)
}

async function count({ request, viewer, consumed }: Call): Promise<LimitState> {
  if (consumed) return allow('api', consumed)
  return viewer ? consume('api', viewer.userId) : consume('anonymous', visitorFrom(request.headers))
}

/** A call by cookie that changes something must come from our own pages; a key can't be sent by accident. */
function withSameOrigin(next: Handler, { access }: Policy): Handler {
  return async (call) => {
    const safe = access === 'refused' || ['GET', 'HEAD'].includes(call.request.method)
    if (!safe && call.viewer?.credential.kind === 'session' && !isSameOrigin(call.request.headers)) {
      throw new AppError(
        'cross_site',
        'A call with the dashboard’s cookie must come from this site. Use an API key instead.',
      )
    }
    return next(call)
  }
}

/** What a key was not made for, it may not do. */
function withScope(next: Handler, { scope }: Policy): Handler {
  return async (call) => {
    const credential = call.viewer?.credential
    if (scope && credential?.kind === 'key' && !credential.scopes.includes(scope)) {
      throw new AppError('forbidden', `This API key lacks the scope ${scope}.`)
    }
    return next(call)
  }
}

/** Finds the type to answer in. What can't be answered as the caller wants it is not done. */
function withAccept(next: Handler, { produces = ['application/json'] }: Policy): Handler {
  return async (call) => {
    call.type = choose(call.request.headers.get('accept'), produces)
    if (call.type === null && produces.length > 0) {
      throw new AppError('not_acceptable', `This can be answered as ${produces.join(' or ')}.`)
    }
    return next(call)
  }
}

/** draft-ietf-httpapi-idempotency-key-header: a string, quoted as a structured field or, as most send it, bare. */
function withIdempotencyKey(next: Handler, { idempotent = false }: Policy): Handler {
  return async (call) => {
    const header = idempotent ? call.request.headers.get('idempotency-key') : null
    if (header === null) return next(call)
    const key = header.trim().replace(/^"(.*)"$/, '$1')
    if (!/^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key)) {
      throw new AppError('malformed', 'Idempotency-Key must be 1 to 255 printable ASCII characters.')
    }
    call.attemptKey = `rest:${key}`
    return next(call)
  }
}

/** Parses query and body with the schemas that the document of the API is made from. */
function withInput(next: Handler, { query, body }: Policy): Handler {
  return async (call) => {
    if (query) call.query = parseInput(query, Object.fromEntries(call.request.nextUrl.searchParams))
    if (body) call.body = parseInput(body, await readJson(call.request))
    return next(call)
  }
}

/** Receives the one file of a multipart body, and keeps it until the call is answered. */
function withFile(next: Handler, { file, fileMaxBytes, fields }: Policy): Handler {
  return async (call) => {
    if (!file) return next(call)
    const names = Object.keys(fields?.shape ?? {})
    const { texts, ...sent } = await receiveFile(call.request, file, fileMaxBytes, names)
    call.file = sent
    try {
      if (fields) call.fields = parseInput(fields, texts)
      return await next(call)
    } finally {
      await spool().remove(sent.path)
    }
  }
}
