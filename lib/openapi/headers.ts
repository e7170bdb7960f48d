import type { oas31 } from 'zod-openapi'

/** The headers that answers have, by name. `required`: wherever a response names it, it is there. */
export const RESPONSE_HEADERS = {
  'X-Request-Id': {
    required: true,
    description: 'Names the request, here, in the problem and in the log.',
    schema: { type: 'string', format: 'uuid' },
  },
  'Access-Control-Allow-Origin': {
    required: true,
    description: 'Any origin, unless the operator has named those that may.',
    schema: { type: 'string' },
    example: '*',
  },
  'Access-Control-Allow-Methods': {
    required: true,
    description: 'The methods that pages of other origins may use.',
    schema: { type: 'string' },
    example: 'GET, HEAD, POST, PATCH, DELETE, OPTIONS',
  },
  'Access-Control-Allow-Headers': {
    required: true,
    description: 'The request headers that pages of other origins may send.',
    schema: { type: 'string' },
    example: 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID',
  },
  'Access-Control-Expose-Headers': {
    required: true,
    description: 'The headers of the answer that pages of other origins may read.',
    schema: { type: 'string' },
    example:
      'Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset, X-Request-Id',
  },
  'RateLimit-Policy': {
    required: false,
    description:
      'The limit that this call counts against: `q` calls in `w` seconds (draft-ietf-httpapi-ratelimit-headers-11). ' +
      'Missing only where the call was refused before it was counted.',
    schema: { type: 'string' },
    example: '"api";q=6000;w=60',
  },
  RateLimit: {
    required: false,
    description: 'What is left of it: `r` calls, until it starts anew in `t` seconds.',
    schema: { type: 'string' },
    example: '"api";r=5999;t=60',
  },
  'Retry-After': {
    required: true,
    description: 'In how many seconds to try again.',
    schema: { type: 'integer', minimum: 1 },
    example: 30,
  },
  'WWW-Authenticate': {
    required: true,
    description: 'How to authenticate.',
    schema: { type: 'string' },
    example: 'Bearer',
  },
  ETag: {
    required: true,
    description: 'The version of what was answered, for `If-None-Match` and, if it is not weak, `If-Match`.',
    schema: { type: 'string' },
    example: '"v1"',
  },
  Link: {
    required: false,
    description:
      'Where the next page is (`rel="next"`, RFC 8288), if there is one; of a deprecated call, where it is told what to ' +
      'do instead (`rel="deprecation"`).',
    schema: { type: 'string' },
    example: '</api/posts?limit=10&cursor=MTc2>; rel="next"',
  },
  Location: {
    required: true,
    description: 'Where it is, on this server.',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/api/posts/0198c7a2-9f4e-7c31-8b6d-2f1e5a90c4d7',
  },
  'Content-Location': {
    required: false,
    description: 'Where a generation that was waited for can be read again, on this server.',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/api/generate/0198c7a3-1b20-7e5f-9c44-6d08b7f3a215',
  },
  'Content-Disposition': {
    required: false,
    description: 'The name for the file, where the answer is one.',
    schema: { type: 'string' },
    example: 'attachment; filename="inkwell-ledger.csv"',
  },
  Vary: {
    required: false,
    description: 'By which headers of the request the answer differs, for caches.',
    schema: { type: 'string' },
    example: 'Accept',
  },
  'Accept-Ranges': {
    required: true,
    description: 'That parts may be asked for.',
    schema: { type: 'string' },
    example: 'bytes',
  },
  'Content-Range': {
    required: true,
    description: 'Which part of how many bytes it is (RFC 9110, 14.4).',
    schema: { type: 'string' },
    example: 'bytes 0-1023/184320',
  },
} as const satisfies Record<string, oas31.HeaderObject & { required: boolean }>

/** The headers that the answers of deprecated calls have beside others. In the document where there is such a call. */
export const DEPRECATION_HEADERS = {
  Deprecation: {
    required: true,
    description: 'From when on the call should not be used any more, in seconds since 1970 (RFC 9745).',
    schema: { type: 'string', pattern: '^@\\d+$' },
    example: '@1767225600',
  },
  Sunset: {
    required: true,
    description: 'When the call ends (RFC 8594).',
    schema: { type: 'string' },
    example: 'Wed, 01 Jul 2026 00:00:00 GMT',
  },
} as const satisfies Record<string, oas31.HeaderObject & { required: boolean }>

export type ResponseHeader = keyof typeof RESPONSE_HEADERS

/** On every answer, errors too. */
export const UNIVERSAL = [
  'X-Request-Id',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
] as const satisfies ResponseHeader[]

/** On every answer to a call that is counted. */
export const LIMITS = ['RateLimit-Policy', 'RateLimit'] as const satisfies ResponseHeader[]

/** The request headers that calls read, beside those that HTTP itself gives a meaning to in OpenAPI; by their own name, where none is said. */
export const REQUEST_HEADERS = {
  'Idempotency-Key': {
    required: false,
    description:
      'A name of your choosing for this attempt: the same key with the same body is answered with what was made the ' +
      'first time, for 24 hours. 1 to 255 printable ASCII characters, quoted or bare.',
    schema: { type: 'string', minLength: 1 },
    example: '5f1c9f5e-7d0b-4a35-9c55-0b1c3b0f8a52',
  },
  'If-Match': {
    required: true,
    description: 'The `ETag` of the version that you have seen, or `*` for whichever is there.',
    schema: { type: 'string', minLength: 1 },
    example: '"v1"',
  },
  'If-Match-optional': {
    name: 'If-Match',
    required: false,
    description:
      'The `ETag` of the version that you have seen: if it is another one by now, nothing is done. Without it, whichever is there.',
    schema: { type: 'string', minLength: 1 },
    example: '"v1"',
  },
  'If-None-Match': {
    required: false,
    description: 'The `ETag` of what you have: if nothing has changed, the answer is 304 without a body.',
    schema: { type: 'string' },
    example: '"v1"',
  },
  'Last-Event-ID': {
    required: false,
    description:
      'The `id` of the last event you saw: the stream goes on after it. For `text/event-stream` only.',
    schema: { type: 'string' },
    example: '7',
  },
  Range: {
    required: false,
    description: 'The part that is wanted, one at a time (RFC 9110, 14.2).',
    schema: { type: 'string' },
    example: 'bytes=0-1023',
  },
  'If-Range': {
    required: false,
    description:
      'The `ETag` of what the part is to go with: if it is another one now, the answer is the whole.',
    schema: { type: 'string' },
    example: '"0198c7a2-c0de-7a11-9b3f-5d2e8c61f0a4-original-184320"',
  },
} as const satisfies Record<string, oas31.BaseParameterObject & { name?: string }>

export type RequestHeader = keyof typeof REQUEST_HEADERS
