import { AppError } from '@/lib/errors'

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT'])
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed/
/** What `pg` says of a statement that the server has not answered in time. */
const TIMEOUT = 'Query read timeout'

/**
 * A database that can't be reached is the operator's trouble and passes: callers are told 503 and when
 * to try again. Everything else is answered as it came.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof AppError || !isUnreachable(error)) return error
  return new AppError(
    'unavailable',
    'The database can’t be reached just now. Nothing was changed; please try again.',
    {
      retryAfter: 5,
      cause: error,
    },
  )
}

/** Causes are looked through to this depth: more is a circle, or says nothing of this. */
const DEPTH = 10

function isUnreachable(error: unknown): boolean {
  let at = error
  for (let depth = 0; depth < DEPTH && isRecord(at); depth++) {
    const { code, originalCode, message, kind } = at
    for (const it of [code, originalCode]) {
      // 08: connection; 57P01-03: shutting down or starting up; 53300: no connection left (PostgreSQL, appendix A).
      if (
        typeof it === 'string' &&
        (UNREACHABLE.has(it) || /^(08...|57P0[123]|53300|P1001|P1002|P1017|P2024)$/.test(it))
      )
        return true
    }
    if (kind === 'DatabaseNotReachable' || kind === 'ConnectionClosed') return true
    if (typeof message === 'string' && (message === TIMEOUT || MESSAGES.test(message))) return true
    at = at.cause ?? inner(at)
  }
  return false
}

/** Whether the server has not answered a statement in time. */
export function isTimeout(error: Error): boolean {
  return error.message === TIMEOUT
}

/** Prisma keeps the adapter's own error in `meta`. */
function inner(error: unknown): unknown {
  const meta = (error as { meta?: unknown }).meta
  return isRecord(meta) ? meta.driverAdapterError : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The name of the unique index that refused a row, if that is what the error says. */
export function violatedUnique(error: unknown): string | null {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' ? (constraint ?? '') : null
}

/** The name of the CHECK, or of the trigger's rule, that refused a row, if that is what the error says. */
export function violatedCheck(error: unknown): string | null {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23514' ? (constraint ?? '') : null
}

/** The name of the foreign key that refused a row, because what it refers to is not there. */
export function violatedReference(error: unknown): string | null {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23503' ? (constraint ?? '') : null
}
