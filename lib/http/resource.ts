import { AppError, notFound } from '@/lib/errors'
import { type NextHandler, type OperationHandler, pipeline } from '@/lib/http/route'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]
type Own<Handler> = Partial<Record<Exclude<Method, 'HEAD' | 'OPTIONS'>, Handler>>

/**
 * All that an API path answers: its own methods, HEAD where there is GET, OPTIONS with 204, and 405 for the
 * rest. Next.js would answer those without CORS, in words of its own.
 */
export function resource(own: Own<OperationHandler>): Record<Method, NextHandler> {
  return everyMethod(own)
}

/** What is under /api and nowhere else: Next.js would answer with a page, and without CORS. */
export function unknownPath(): Record<Method, NextHandler> {
  const nothingHere = pipeline({ access: 'public', produces: [] }, async () => {
    throw notFound('path')
  })
  return everyMethod({
    GET: nothingHere,
    POST: nothingHere,
    PUT: nothingHere,
    PATCH: nothingHere,
    DELETE: nothingHere,
  })
}

function everyMethod(own: Own<NextHandler>): Record<Method, NextHandler> {
  const offered = METHODS.filter(
    (method) => method === 'OPTIONS' || (method === 'HEAD' ? own.GET : own[method]),
  )
  const allow = offered.join(', ')
  // No answer of these has a type to negotiate: `produces` is nothing.
  const refuse = pipeline({ access: 'public', produces: [] }, async ({ request }) => {
    throw new AppError('method_not_allowed', `${request.method} is not possible here.`, {
      headers: { Allow: allow },
    })
  })
  const preflight = pipeline(
    { access: 'public', produces: [] },
    async () => new Response(null, { status: 204, headers: { Allow: allow } }),
  )
  return {
    GET: own.GET ?? refuse,
    HEAD: own.GET ?? refuse,
    POST: own.POST ?? refuse,
    PUT: own.PUT ?? refuse,
    PATCH: own.PATCH ?? refuse,
    DELETE: own.DELETE ?? refuse,
    OPTIONS: preflight,
  }
}
