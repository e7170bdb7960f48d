import { z } from 'zod'
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverrideContext,
  type ZodOpenApiPathItemObject,
} from 'zod-openapi'
import { ERRORS, type ErrorCode } from '@/lib/errors'
import { EXAMPLE_FILE, EXAMPLE_IDS } from '@/lib/openapi/examples'
import {
  DEPRECATION_HEADERS,
  LIMITS,
  REQUEST_HEADERS,
  RESPONSE_HEADERS,
  type RequestHeader,
  UNIVERSAL,
} from '@/lib/openapi/headers'
import type { Operation, ResponseDescription } from '@/lib/openapi/operation'
import { operations } from '@/lib/openapi/operations'
import { problemResponse, problemsOf } from '@/lib/openapi/problems'
import { securityOf, securitySchemes } from '@/lib/openapi/security'
import { TAGS } from '@/lib/openapi/tags'
import { generationEvent } from '@/lib/schemas/generations'

/** As the library types what it makes: by OpenAPI 3.2, of which a document of 3.1 is one. */
export type Document = ReturnType<typeof createDocument>

let made: Document | undefined

/** The OpenAPI 3.1 document of the API, made once from the declarations that the routes run by. */
export function openApiDocument(): Document {
  made ??= documentOf(operations)
  return made
}

/** The document of an API that has these calls. */
export function documentOf(operations: readonly Operation[]): Document {
  const anyDeprecated = operations.some(({ deprecated }) => deprecated)
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Inkwell',
        version: '1',
        summary: 'Posts, and a model that writes for credits.',
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      // Relative to where the document was read: true behind any proxy.
      servers: [{ url: '/', description: 'The installation that this document was read from.' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: pathsOf(operations),
      components: {
        securitySchemes,
        headers: { ...RESPONSE_HEADERS, ...(anyDeprecated ? DEPRECATION_HEADERS : {}) },
        parameters: Object.fromEntries(
          Object.entries(REQUEST_HEADERS).map(([name, header]) => [name, { name, in: 'header', ...header }]),
        ),
        // Not the body of any answer by itself: the streams name it as what they are made of.
        schemas: { GenerationEvent: generationEvent },
      },
    },
    { override: tidy },
  )
}

/**
 * Leaves out what zod adds: the bounds of safe integers, and a pattern beside the format it spells out, which say
 * nothing more; that answers have no other fields, which would forbid us to add any; and what a field of a body is
 * when left out, since generators take a field with a default for one that is always there. Its description says it.
 */
function tidy({ jsonSchema, io, path }: ZodOpenApiOverrideContext): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format) delete jsonSchema.pattern
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  // A parameter is at the second level of what the library makes at once, the fields of a body are below.
  if (path.length > 2) delete jsonSchema.default
}

const DESCRIPTION = `JSON in and out, UTF-8. Every path that answers \`GET\` answers \`HEAD\` likewise, without a body; every path
answers \`OPTIONS\` with 204, for anybody, and names its methods in \`Allow\`; other methods are a problem with the code
\`method_not_allowed\`, other paths under \`/api\` one with \`not_found\`. With credentials these are counted as any call is, and
can be \`unauthenticated\`, \`rate_limited\` or \`unavailable\` instead. A problem, too, is what is no HTTP, whatever it was
meant for: \`malformed\`, \`headers_too_large\` (431) or \`request_timeout\` (408).

Every answer has an \`X-Request-Id\`, and may be read by pages of any origin that the operator allows, never with cookies.
Errors are problem documents (RFC 9457) with a \`code\` for programs; new codes may be added, so treat one that you don’t
know by its status. New fields may be added to answers, so ignore those that you don’t know. In requests, unknown fields
are refused.

The guide, with examples to paste, is at \`/docs/api\`.`

function pathsOf(all: readonly Operation[]): Record<string, ZodOpenApiPathItemObject> {
  const paths: Record<string, ZodOpenApiPathItemObject> = {}
  for (const it of all) {
    const method = it.method.toLowerCase() as Lowercase<Operation['method']>
    paths[it.path] = { ...paths[it.path], [method]: operationObject(it) }
  }
  return paths
}

function operationObject(it: Operation): ZodOpenApiOperationObject {
  return {
    operationId: it.id,
    tags: [it.tag],
    summary: it.summary,
    description: described(it),
    ...(it.deprecated ? { deprecated: true } : {}),
    security: securityOf(it),
    ...(it.query ? { requestParams: { query: it.query as never } } : {}),
    parameters: [...pathParameters(it.path), ...requestHeaders(it)],
    ...requestBodyOf(it),
    responses: responsesOf(it),
  }
}

/** Of what is to go, the first thing to know is until when, and what to do instead. */
function described({ description, deprecated }: Operation): string {
  if (!deprecated) return description
  const { since, sunset, link } = deprecated
  const [from, end] = [since, sunset].map((date) => date.toISOString().slice(0, 10))
  return `**Deprecated from ${from} on, and gone after ${end}**: [what to do instead](${link}).\n\n${description}`
}

function requestBodyOf({ body, file, bodyExamples: examples = {} }: Operation) {
  if (file) return { requestBody: requiredBody('multipart/form-data', formWith(file), examples) }
  return body ? { requestBody: requiredBody('application/json', body, examples) } : {}
}

function requiredBody(type: string, schema: z.ZodType, examples: oas31.ExamplesObject) {
  return { required: true, content: { [type]: { schema, examples } } }
}

/** A form that holds one file (OpenAPI, “Considerations for File Uploads”). */
function formWith(file: string): z.ZodType {
  const content = z.string().meta({ format: 'binary', description: 'The file, with its name.' })
  return z.strictObject({ [file]: content })
}

function pathParameters(path: string): oas31.ParameterObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...(name === 'id'
      ? {
          description: 'Its id. What is no id is answered as what is not there.',
          schema: { type: 'string', format: 'uuid' },
          example: exampleId(path),
        }
      : { description: 'Its name.', schema: { type: 'string' }, example: EXAMPLE_FILE }),
  }))
}

function exampleId(path: string): string {
  if (path.startsWith('/api/generate')) return EXAMPLE_IDS.generation
  return path.startsWith('/api/posts') ? EXAMPLE_IDS.post : EXAMPLE_IDS.upload
}

function requestHeaders({ reads = [], idempotent }: Operation): oas31.ReferenceObject[] {
  const names: RequestHeader[] = [...reads, ...(idempotent ? (['Idempotency-Key'] as const) : [])]
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }))
}

function responsesOf(it: Operation): ZodOpenApiOperationObject['responses'] {
  const always: string[] = it.deprecated
    ? [...UNIVERSAL, ...Object.keys(DEPRECATION_HEADERS), 'Link']
    : [...UNIVERSAL]
  const counted = it.access === 'public' ? [] : LIMITS
  const own = Object.entries(it.responses).map(([status, description]) => [
    status,
    responseObject(description, [...always, ...counted]),
  ])
  const byStatus = Object.groupBy(problemsOf(it), (code) => String(ERRORS[code].status))
  const problems = Object.entries(byStatus).map(([status, codes = []]) => [
    status,
    it.deprecated ? ownProblem(codes, always) : sharedProblem(codes),
  ])
  return Object.fromEntries([...own, ...problems])
}

/** One object for one set of codes: by its identity it becomes one component. */
function sharedProblem(codes: ErrorCode[]) {
  const key = codes.join()
  const it = shared.get(key) ?? responseObject(problemResponse(codes), [...UNIVERSAL, ...LIMITS])
  shared.set(key, it)
  return it
}

const shared = new Map<string, ReturnType<typeof responseObject>>()

/** A problem with headers that the others of its codes do not have, and so no component. */
function ownProblem(codes: ErrorCode[], always: readonly string[]) {
  const { id: _, ...problem } = problemResponse(codes)
  return responseObject(problem, [...always, ...LIMITS])
}

function responseObject({ headers = [], ...rest }: ResponseDescription, others: readonly string[]) {
  return {
    ...rest,
    headers: Object.fromEntries(
      [...others, ...headers].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
  }
}
