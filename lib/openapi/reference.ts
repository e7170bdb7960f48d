import type { oas32 } from 'zod-openapi'
import type { Document } from '@/lib/openapi/document'
import { LIMITS, UNIVERSAL } from '@/lib/openapi/headers'

/** The document, read for people: references followed, and what all calls have in common left out. */
export type Call = {
  id: string
  method: string
  path: string
  tag: string
  summary: string
  description: string
  /** The scope that a key needs; null where any key will do. */
  scope: string | null
  /** Whether credentials are looked at, and whether there must be some. */
  access: 'required' | 'optional' | 'public'
  parameters: Parameter[]
  body: Body | null
  answers: Answer[]
  /** The codes of the problems that it can be answered with. */
  problems: string[]
}

export type Parameter = {
  name: string
  in: string
  required: boolean
  description: string
  schema: Schema
  example: unknown
}
export type Body = { type: string; schema: Schema; examples: Example[] }
export type Answer = { status: string; description: string; headers: string[]; bodies: Body[] }
type Example = { name: string; value: unknown }
export type Schema = oas32.SchemaObjectValue

/** A document of which every reference can be followed. */
export type Reader = {
  calls: Call[]
  schemas: Map<string, Schema>
  /** The schema itself, where it is a reference to one. */
  schema: (given: unknown) => Schema
  /** What a reference to a schema calls it. */
  nameOf: (given: unknown) => string | null
}

export function read(document: Document): Reader {
  const follow = <Thing>(given: unknown): Thing => {
    const reference = (given as { $ref?: string }).$ref
    if (!reference) return given as Thing
    const names = reference.split('/').slice(1)
    return follow(names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document))
  }
  const calls = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, oas32.OperationObject>).map(([method, operation]) =>
      callOf(method.toUpperCase(), path, operation, follow),
    ),
  )
  return {
    calls,
    schemas: new Map(
      Object.entries(document.components?.schemas ?? {}).map(([name, it]) => [name, follow(it)]),
    ),
    schema: follow,
    nameOf: (given) => (given as { $ref?: string }).$ref?.split('/').at(-1) ?? null,
  }
}

type Follow = <Thing>(given: unknown) => Thing

function callOf(method: string, path: string, operation: oas32.OperationObject, follow: Follow): Call {
  const security = operation.security ?? []
  const anybody = security.some((way) => Object.keys(way).length === 0)
  const responses = Object.entries(operation.responses ?? {}).map(
    ([status, response]) => [status, follow<oas32.ResponseObject>(response)] as const,
  )
  return {
    id: operation.operationId ?? '',
    method,
    path,
    tag: operation.tags?.[0] ?? '',
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    scope: security[0]?.apiKey?.[0] ?? null,
    access: security.length === 0 ? 'public' : anybody ? 'optional' : 'required',
    parameters: (operation.parameters ?? []).map((one) => parameterOf(follow(one), follow)),
    body:
      bodiesOf(follow<oas32.RequestBodyObject | undefined>(operation.requestBody ?? {})?.content)[0] ?? null,
    answers: responses.filter(([status]) => status < '400').map(([status, it]) => answerOf(status, it)),
    problems: responses.flatMap(([, { content = {} }]) => {
      const problem = content['application/problem+json'] as oas32.MediaTypeObject | undefined
      return Object.keys(problem?.examples ?? {})
    }),
  }
}

function parameterOf(it: oas32.ParameterObject, follow: Follow): Parameter {
  return {
    name: it.name,
    in: it.in,
    required: it.required ?? false,
    description: it.description ?? '',
    schema: follow(it.schema ?? {}),
    example: it.example,
  }
}

function bodiesOf(content: oas32.ContentObject = {}): Body[] {
  return Object.entries(content).map(([type, media]) => {
    const { schema, examples = {} } = media as oas32.MediaTypeObject
    const shown = Object.entries(examples).map(([name, example]) => ({
      name: example.summary ?? name,
      value: (example as oas32.ExampleObject).value as unknown,
    }))
    return { type, schema: schema as Schema, examples: shown }
  })
}

function answerOf(
  status: string,
  { description = '', headers = {}, content = {} }: oas32.ResponseObject,
): Answer {
  const common: string[] = [...UNIVERSAL, ...LIMITS]
  return {
    status,
    description,
    headers: Object.keys(headers).filter((name) => !common.includes(name)),
    bodies: bodiesOf(content),
  }
}
