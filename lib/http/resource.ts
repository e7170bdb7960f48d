import { AppError, notFound } from '@/lib/errors'
import { type NextHandler, type OperationHandler, PIPELINE, pipeline } from '@/lib/http/route'
import { unroutedMethod } from '@/lib/http/unroutable'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]
type Own<Handler> = Partial<Record<Exclude<Method, 'HEAD' | 'OPTIONS'>, Handler>>

/**
 * All that an API path answers: its own methods, HEAD where there is GET, OPTIONS with 204, and 405 for the
 * rest. Next.js would answer those without CORS, in words of its own.
 */
export function resource(own: Own<OperationHandler>): Record<Method, NextHandler> {
  const offered = METHODS.filter(
    (method) => method === 'OPTIONS' || (method === 'HEAD' ? own.GET : own[method]),
  )
  const allow = offered.join(', ')
  const refuse = (method: string) =>
    new AppError('method_not_allowed', `${method} is not possible here.`, { headers: { Allow: allow } })
  return everyMethod(own, allow, refuse)
}

/** What is under /api and nowhere else: Next.js would answer with a page, and without CORS. */
export function unknownPath(): Record<Method, NextHandler> {
  return everyMethod({}, METHODS.join(', '), () => notFound('path'))
}

function everyMethod(
  own: Own<NextHandler>,
  allow: string,
  refusal: (method: string) => AppError,
): Record<Method, NextHandler> {
  // No answer of these has a type to negotiate: `produces` is nothing.
  const refuse = pipeline({ access: 'refused', produces: [] }, async ({ request }) => {
    throw refusal(unroutedMethod(request.headers) ?? request.method)
  })
  const preflight = pipeline(
    { access: 'public', produces: [] },
    async () => new Response(null, { status: 204, headers: { Allow: allow } }),
  )
  const options: NextHandler = (request, context) =>
    (unroutedMethod(request.headers) === null ? preflight : refuse)(request, context)
  return {
    GET: own.GET ?? refuse,
    HEAD: own.GET ?? refuse,
    POST: own.POST ?? refuse,
    PUT: own.PUT ?? refuse,
    PATCH: own.PATCH ?? refuse,
    DELETE: own.DELETE ?? refuse,
    // Both went through the pipeline, and so has this.
    OPTIONS: Object.assign(options, { [PIPELINE]: true }),
  }
}
