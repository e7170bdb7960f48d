import type { NextRequest } from 'next/server'
import type { z } from 'zod'
import type { Call, Handler } from '@/lib/http/call'
import {
  withAccept,
  withCors,
  withErrors,
  withFile,
  withIdempotencyKey,
  withInput,
  withRateLimit,
  withRequestId,
  withSameOrigin,
  withScope,
  withViewer,
} from '@/lib/http/steps'
import type { Scope } from '@/lib/schemas/api-keys'
import type { SentFile } from '@/lib/services/uploads'
import type { Viewer } from '@/lib/services/viewer'

/** What a route needs of its caller. Nothing is optional that a reader of the handler would want to know. */
export type RouteOptions = {
  /** `required`: no caller without credentials; `optional`: both; `public`: credentials are not even looked at. */
  access: 'required' | 'optional' | 'public'
  /** What a key must be allowed to do. The dashboard's session may do all that its user may. */
  scope?: Scope
  query?: z.ZodType
  body?: z.ZodType
  /** The name of the one file that a multipart body must hold, and nothing else. */
  file?: string
  /** Whether `Idempotency-Key` is honoured. */
  idempotent?: boolean
  /** The media types that the answer can have; JSON if not said, none for an answer without a body. */
  produces?: readonly string[]
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type CallOf<Options extends RouteOptions> = Omit<Call, 'viewer' | 'query' | 'body' | 'file'> & {
  viewer: Options['access'] extends 'required' ? Viewer : Viewer | null
  query: Parsed<Options['query']>
  body: Parsed<Options['body']>
  file: Options['file'] extends string ? SentFile : null
}

export type NextHandler = (request: NextRequest, context: { params: Promise<unknown> }) => Promise<Response>

/** Set on every handler that went through the pipeline; a test looks for it on every route there is. */
export const PIPELINE = Symbol.for('inkwell.pipeline')

/**
 * One method of one API path. Its steps read in the order they run; `answer` does the work and says what
 * the answer looks like.
 */
export function route<const Options extends RouteOptions>(
  options: Options,
  answer: (call: CallOf<Options>) => Promise<Response>,
): NextHandler {
  const handler = withRequestId(
    withCors(
      withErrors(
        withViewer(
          options,
          withRateLimit(
            options,
            withSameOrigin(
              withScope(
                options,
                withAccept(
                  options,
                  withIdempotencyKey(
                    options,
                    withInput(options, withFile(options, answer as unknown as Handler)),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  )
  const wrapped: NextHandler = async (request, context) => {
    const params = ((await context.params) ?? {}) as Record<string, string>
    const headers = new Headers()
    return handler({
      request,
      params,
      headers,
      requestId: '',
      viewer: null,
      query: undefined,
      body: undefined,
      file: null,
      attemptKey: null,
    })
  }
  return Object.assign(wrapped, { [PIPELINE]: true })
}
