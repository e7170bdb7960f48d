import type { z } from 'zod'
import { ANSWER_LENGTH, sayWhole } from '@/lib/http/whole-answers'
import type { RESPONSE_HEADERS, ResponseHeader } from '@/lib/openapi/headers'
import type { Operation, ResponseDescription } from '@/lib/openapi/operation'

/** What an operation can be answered with: one of the statuses it describes, with the body and headers described there. */
export type Answer<It extends Operation> = {
  [Status in keyof It['responses'] & number]: { status: Status } & HeadersOf<It['responses'][Status]> &
    BodyOf<It['responses'][Status]>
}[keyof It['responses'] & number]

/** A body that is sent as it is made, with its length in bytes where that is known before. */
export type Streamed<Type extends string> = {
  type: Type
  stream: ReadableStream<Uint8Array>
  length?: number
}

type BodyOf<It extends ResponseDescription> = It extends { content: infer Content }
  ? { [Type in keyof Content & string]: BodyAs<Type, Content[Type]> }[keyof Content & string]
  : { json?: never; stream?: never }

type BodyAs<Type extends string, Content> = Type extends 'application/json'
  ? {
      json: Content extends { schema: infer Schema extends z.ZodType } ? z.output<Schema> : never
      stream?: never
    }
  : Streamed<Type> & { json?: never }

type Named<It> = It extends { headers: readonly (infer Name extends ResponseHeader)[] } ? Name : never
type Required<Name> = Name extends ResponseHeader
  ? (typeof RESPONSE_HEADERS)[Name]['required'] extends true
    ? Name
    : never
  : never

/** The headers that are always there must be given; the others, and those of HTTP itself, may be. */
type HeadersOf<It extends ResponseDescription> = [Required<Named<It>>] extends [never]
  ? { headers?: Record<string, string> }
  : { headers: Record<Required<Named<It>>, string> & Record<string, string> }

type AnyAnswer = {
  status: number
  headers?: Record<string, string>
  json?: unknown
  type?: string
  stream?: ReadableStream<Uint8Array>
  length?: number
}

/** The answer as Next.js takes it. */
export function toResponse({ status, headers = {}, json, type, stream, length }: AnyAnswer): Response {
  if (json !== undefined)
    return sayWhole(Buffer.from(JSON.stringify(json)), status, {
      'Content-Type': 'application/json',
      ...headers,
    })
  // A real 204 and 304 have no body at all, not an empty one.
  if (!stream || !type) return new Response(null, { status, headers })
  const known = length === undefined ? {} : { [ANSWER_LENGTH]: String(length) }
  return new Response(stream, { status, headers: { 'Content-Type': type, ...known, ...headers } })
}
