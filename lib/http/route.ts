import type { NextRequest } from 'next/server'
import type { z } from 'zod'
import { type Answer, toResponse } from '@/lib/http/answer'
import type { Call, Handler } from '@/lib/http/call'
import type { Policy } from '@/lib/http/policy'
import { STEPS } from '@/lib/http/steps'
import { type Operation, producedBy } from '@/lib/openapi/operation'
import type { SentFile } from '@/lib/services/uploads'
import type { Viewer } from '@/lib/services/viewer'

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type CallOf<Asked extends Policy> = Omit<
  Call,
  'viewer' | 'type' | 'query' | 'body' | 'file' | 'fields' | 'params'
> & {
  viewer: Asked['access'] extends 'required' ? Viewer : Viewer | null
  type: Asked extends { responses: infer Responses } ? TypeIn<Responses[keyof Responses]> : string | null
  query: Parsed<Asked['query']>
  body: Parsed<Asked['body']>
  file: Asked['file'] extends string ? SentFile : null
  fields: Parsed<Asked['fields']>
  params: Record<Asked extends { path: infer Path } ? ParametersIn<Path> : never, string>
}

/** `'application/json'` of a response that has a body of this type. */
type TypeIn<Response> = Response extends { content: infer Content } ? keyof Content : never

/** `'id'` of `/api/posts/{id}`. */
type ParametersIn<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never

export type NextHandler = (request: NextRequest, context: { params: Promise<unknown> }) => Promise<Response>

/** Set on every handler that went through the pipeline; a test looks for it on every route there is. */
export const PIPELINE = Symbol.for('inkwell.pipeline')

/** A handler that says which operation of the API it is. */
export type OperationHandler = NextHandler & { operation: Operation }

/** One method of one API path: `answer` does the work and says what the answer is, as the operation describes it. */
export function route<const It extends Operation, const Given extends Answer<It>>(
  operation: It,
  answer: (call: CallOf<It>) => Promise<Given>,
): OperationHandler {
  const policy = { ...operation, produces: producedBy(operation) }
  const handler = pipeline(policy, async (call) => toResponse(await answer(call as unknown as CallOf<It>)))
  return Object.assign(handler, { operation })
}

/** What every handler goes through: `STEPS`, each of which has the rest of the way in its hands. */
export function pipeline<const Asked extends Policy>(
  policy: Asked,
  answer: (call: CallOf<Asked>) => Promise<Response>,
): NextHandler {
  const handler = STEPS.reduceRight((next, step) => step(next, policy), answer as unknown as Handler)
  const wrapped: NextHandler = async (request, context) => {
    const params = ((await context.params) ?? {}) as Record<string, string>
    const headers = new Headers()
    return handler({
      request,
      params,
      headers,
      requestId: '',
      viewer: null,
      consumed: null,
      type: null,
      query: undefined,
      body: undefined,
      file: null,
      fields: undefined,
      attemptKey: null,
    })
  }
  return Object.assign(wrapped, { [PIPELINE]: true })
}
