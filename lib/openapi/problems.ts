import { z } from 'zod'
import { ERRORS, type ErrorCode } from '@/lib/errors'
import { EXAMPLE_IDS } from '@/lib/openapi/examples'
import type { ResponseHeader } from '@/lib/openapi/headers'
import { type Operation, producedBy, type ResponseDescription } from '@/lib/openapi/operation'
import { problem, problemFacts } from '@/lib/schemas/problems'

/** When a call is refused with this code, and what to do about it. */
export const PROBLEMS: Record<ErrorCode, string> = {
  malformed:
    'The body can’t be read as what it says it is, or is empty where one is needed; or a header can’t be; or it is no HTTP.',
  unauthenticated: 'There are no credentials, or they are not good: misspelt, revoked, expired or ended.',
  insufficient_credits:
    'The account has fewer credits than the call would hold. `needed` and `available` say how many.',
  forbidden: 'The key lacks the scope, or the account’s tier the tool. `detail` names it.',
  cross_site: 'The dashboard’s cookie was sent from another site. Other programs use an API key.',
  not_found: 'There is no such path; or no such row, or it is somebody else’s, which is answered the same.',
  method_not_allowed: 'The path does not take this method. `Allow` names those that it takes.',
  not_acceptable: '`Accept` leaves none of the types that the call can be answered in.',
  request_timeout: 'The request did not come to its end in time. Nothing of it was done.',
  in_progress: 'The first call with this `Idempotency-Key` still runs. Its answer will be at `Location`.',
  precondition_failed:
    'It was changed since the version in `If-Match`. Read it again, then decide. `version` is the one there now.',
  too_large: 'The body, or the file in it, is over its limit. Nothing was stored.',
  unsupported_media_type:
    'The body came with another `Content-Type` than the call takes, or its file is of another type.',
  invalid: 'The input can be read, and is not valid. `errors` says what is wrong where.',
  key_reused: 'This `Idempotency-Key` was sent with another body before. A new attempt needs a new key.',
  precondition_required: '`If-Match` is missing: say which version you are changing, or `*` for any.',
  rate_limited: 'Too many calls in too short a time. `Retry-After` says how long to wait.',
  daily_limit:
    'The tool’s uses for today are used up. `limit`, `used` and `resetsAt` say how many, and until when.',
  spend_cap: 'The whole installation has reached what its operator allows it to spend in a day.',
  headers_too_large: 'The address and the headers have more than 16 KiB together.',
  internal: 'A fault on our side. It is in the log under `requestId`.',
  provider_failed: 'The model failed. Nothing was charged, and the text that had come is kept.',
  unavailable:
    'The database or the storage can’t be reached, or the server is stopping. Nothing was half-written; try again after `Retry-After`.',
  provider_timeout:
    'The model was silent for too long. Nothing was charged, and the text that had come is kept.',
}

/** The headers that the problems of a code have, beside those that all answers have. */
const HEADERS: Partial<Record<ErrorCode, ResponseHeader>> = {
  unauthenticated: 'WWW-Authenticate',
  in_progress: 'Location',
  rate_limited: 'Retry-After',
  daily_limit: 'Retry-After',
  spend_cap: 'Retry-After',
  unavailable: 'Retry-After',
}

/** What a call can be refused with: by the pipeline, as its policy has it, and by its own doing. */
export function problemsOf(operation: Operation): ErrorCode[] {
  const { access, scope, method, query, idempotent, problems = [] } = operation
  const body = operation.body ?? operation.file
  const codes: [ErrorCode, boolean][] = [
    ['malformed', body !== undefined || idempotent === true],
    ['unauthenticated', access !== 'public'],
    ['forbidden', scope !== undefined],
    ['cross_site', access !== 'public' && method !== 'GET'],
    ['not_acceptable', producedBy(operation).length > 0],
    ['too_large', body !== undefined],
    ['unsupported_media_type', body !== undefined],
    ['invalid', query !== undefined || body !== undefined],
    ['key_reused', idempotent === true],
    ['rate_limited', access !== 'public'],
    ['unavailable', access !== 'public'],
    ['internal', true],
  ]
  const implied = codes.flatMap(([code, is]) => (is ? [code] : []))
  return (Object.keys(ERRORS) as ErrorCode[]).filter(
    (code) => implied.includes(code) || problems.includes(code),
  )
}

/** The schema of the problems of one code. */
function problemSchema(code: ErrorCode) {
  const facts: Readonly<Record<string, z.ZodRawShape>> = problemFacts
  return z
    .object({
      ...problem.shape,
      status: z.literal(ERRORS[code].status),
      code: z.literal(code),
      ...facts[code],
    })
    .meta({ id: problemSchemaName(code), description: PROBLEMS[code] })
}

/** Made once: the document knows a component by its schema's identity. */
const SCHEMAS = Object.fromEntries(
  (Object.keys(ERRORS) as ErrorCode[]).map((code) => [code, problemSchema(code)]),
) as Record<ErrorCode, ReturnType<typeof problemSchema>>

const EXAMPLE_FACTS: { [Code in ErrorCode]?: object } = {
  insufficient_credits: { needed: 4, available: 1 },
  precondition_failed: { version: 4 },
  invalid: { errors: [{ pointer: '/title', detail: 'Give the post a title.' }] },
  daily_limit: { limit: 20, used: 20, resetsAt: '2026-01-13T00:00:00.000Z' },
  provider_failed: { generationId: EXAMPLE_IDS.generation },
  provider_timeout: { generationId: EXAMPLE_IDS.generation },
}

function exampleOf(code: ErrorCode): object {
  return {
    type: `https://inkwell.example/docs/api#${code}`,
    title: ERRORS[code].title,
    status: ERRORS[code].status,
    detail: EXAMPLE_DETAILS[code] ?? ERRORS[code].title,
    code,
    requestId: '7b0c5d1e-40f7-4a8b-9a53-2c1f0a7d9e64',
    ...EXAMPLE_FACTS[code],
  }
}

const EXAMPLE_DETAILS: { [Code in ErrorCode]?: string } = {
  insufficient_credits: 'This needs 4 credits and 1 is available.',
  invalid: 'One thing needs your attention.',
}

/** The answers of one status: problems of any of these codes. */
export function problemResponse(codes: ErrorCode[]): ResponseDescription & { id: string } {
  const [first, ...rest] = codes.map((code) => SCHEMAS[code])
  if (!first) throw new Error('a problem has a code')
  return {
    id: codes.map(pascalCase).join('Or'),
    description: codes.map((code) => PROBLEMS[code]).join('\n\n'),
    headers: [...new Set(codes.flatMap((code) => HEADERS[code] ?? []))],
    content: {
      'application/problem+json': {
        schema: rest.length > 0 ? z.discriminatedUnion('code', [first, ...rest]) : first,
        examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
      },
    },
  }
}

/** What the schema of the problems of a code is called. */
export function problemSchemaName(code: ErrorCode): string {
  return `${pascalCase(code)}Problem`
}

function pascalCase(code: string): string {
  return code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
