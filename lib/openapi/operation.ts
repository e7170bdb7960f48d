import type { z } from 'zod'
import type { oas31 } from 'zod-openapi'
import type { ErrorCode } from '@/lib/errors'
import type { Policy } from '@/lib/http/policy'
import type { RequestHeader, ResponseHeader } from '@/lib/openapi/headers'
import type { Tag } from '@/lib/openapi/tags'

/**
 * One method of one API path, declared once: the pipeline runs by it, the handler's answers are typed by it, and
 * the document is made from it.
 */
export type Operation = Omit<Policy, 'produces' | 'access'> & {
  access: Exclude<Policy['access'], 'refused'>
  /** Its name in generated clients: `listPosts`. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: `/api/${string}` | `/uploads/${string}`
  tag: Tag
  /** A few words, without a full stop. */
  summary: string
  /** Markdown. */
  description: string
  /** The request headers that it reads, beside `Idempotency-Key`, which follows from `idempotent`. */
  reads?: readonly RequestHeader[]
  /** Bodies that it takes, the first of which the reference shows. */
  bodyExamples?: oas31.ExamplesObject
  responses: Readonly<Record<number, ResponseDescription>>
  /** What it refuses with, beside what every call with this policy is refused with. */
  problems?: readonly ErrorCode[]
}

export type ResponseDescription = {
  description: string
  /** The headers that it has beside those that all answers have. */
  headers?: readonly ResponseHeader[]
  /** By media type. */
  content?: Readonly<Record<string, Content>>
}

type Content = {
  /** Of the body, or, of a stream, of all of it as one text. */
  schema: z.ZodType
  examples: oas31.ExamplesObject
}

/** Keeps the literal types, by which the handler's answers are checked. */
export function operation<const It extends Operation>(it: It): It {
  return it
}

/** An answer in JSON, with an example. */
export function json<Schema extends z.ZodType>(schema: Schema, example: z.output<Schema>) {
  return { 'application/json': { schema, examples: { example: { value: example } } } } as const
}

/** The media types that its answers can have; none for one that has no body. */
export function producedBy({ responses }: Pick<Operation, 'responses'>): string[] {
  return [...new Set(Object.values(responses).flatMap(({ content = {} }) => Object.keys(content)))]
}
