import type { FactsOf } from '@/lib/schemas/problems'

/**
 * The one table of failures. A service throws an AppError with a code; each door derives its own
 * medium from it: the API a problem document (RFC 9457), a form its message.
 */
export const ERRORS = {
  malformed: { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Authentication required' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  forbidden: { status: 403, title: 'Not allowed' },
  cross_site: { status: 403, title: 'Cross-site request refused' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  not_acceptable: { status: 406, title: 'Not acceptable' },
  request_timeout: { status: 408, title: 'Request timed out' },
  in_progress: { status: 409, title: 'Still in progress' },
  precondition_failed: { status: 412, title: 'Changed meanwhile' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  invalid: { status: 422, title: 'Invalid input' },
  key_reused: { status: 422, title: 'Idempotency key reused' },
  precondition_required: { status: 428, title: 'Precondition required' },
  rate_limited: { status: 429, title: 'Too many requests' },
  daily_limit: { status: 429, title: 'Daily limit reached' },
  spend_cap: { status: 429, title: 'Daily spend cap reached' },
  headers_too_large: { status: 431, title: 'Headers too large' },
  internal: { status: 500, title: 'Something went wrong' },
  provider_failed: { status: 502, title: 'The model failed' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  provider_timeout: { status: 504, title: 'The model was silent too long' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof ERRORS

/** One thing wrong with the input. `pointer` is a JSON pointer (RFC 6901): `/title`, or `` for the whole. */
export type FieldError = { pointer: string; detail: string }

type Extras<Code extends ErrorCode> = {
  /** Members added to the problem document as they are: `needed`, `available`, `limit`, … */
  facts?: FactsOf<Code>
  fields?: FieldError[]
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number
  /** Sent as they are: `Location`, `Allow`, … */
  headers?: Record<string, string>
  cause?: unknown
}

/** A failure the caller may be told of. `message` is for people and is shown to them; `cause` is only logged. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly facts: Readonly<Record<string, unknown>>
  readonly fields: FieldError[]
  readonly retryAfter: number | undefined
  readonly headers: Record<string, string>

  constructor(
    readonly code: Code,
    message: string,
    { facts, fields = [], retryAfter, headers = {}, cause }: Extras<Code> = {},
  ) {
    super(message, { cause })
    this.name = 'AppError'
    this.facts = facts ?? {}
    this.fields = fields
    this.retryAfter = retryAfter
    this.headers = headers
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}

/** The same answer for a row that is not there and for a row of somebody else's. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}.`)
}

/** What an error says and what it says of its causes, in one line for the operator. */
export function causesOf(error: unknown): string {
  const causes: string[] = []
  for (let at = error; at instanceof Error; at = at.cause) causes.push(at.message)
  return causes.join(': ') || String(error)
}
