import { asUnavailable } from '@/lib/db-errors'
import { env } from '@/lib/env'
import { AppError, ERRORS } from '@/lib/errors'
import { log } from '@/lib/log'
import type { Problem } from '@/lib/schemas/problems'

/** Whatever was thrown, as a failure that may be told. What is not ours is logged and told as one fixed sentence. */
export function asAppError(thrown: unknown, requestId: string): AppError {
  const error = asUnavailable(thrown)
  if (error instanceof AppError) {
    if (error.status >= 500)
      log().warn({ requestId, code: error.code, err: error.cause ?? error }, error.message)
    return error
  }
  log().error({ requestId, err: error }, 'unexpected failure')
  return new AppError(
    'internal',
    'Something went wrong on our side. It has been logged under this request id.',
  )
}

/** A problem document: RFC 9457, with our `code`, the request's id, and the facts of the refusal. */
export function problemOf(error: AppError, requestId: string): Problem {
  return {
    type: `${env().APP_URL}/docs/api#${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    ...error.facts,
  }
}

/** An error as the API tells it: problem details (RFC 9457), never to be stored, with `Retry-After` in seconds where it has one. */
export function problemResponse(error: AppError, requestId: string): Response {
  const headers = new Headers(error.headers)
  headers.set('Content-Type', 'application/problem+json')
  headers.set('Cache-Control', 'no-store')
  if (error.retryAfter !== undefined) headers.set('Retry-After', String(error.retryAfter))
  return new Response(JSON.stringify(problemOf(error, requestId)), { status: error.status, headers })
}
