import pino from 'pino'
import { env } from '@/lib/env'

let logger: pino.Logger | undefined

/** The log: JSON lines on standard output, secrets left out. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: ['*.password', '*.authorization', '*.cookie', '*.apiKey'],
  })
  return logger
}

/**
 * An error as the log keeps it: what it says and where it came from, and its causes. Not its other properties:
 * those of a failed call to the model hold the writer's text, and what the provider answered.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const code = (error as { code?: unknown }).code
  return {
    name,
    message,
    ...(code ? { code } : {}),
    stack,
    ...(cause ? { cause: describeError(cause) } : {}),
  }
}
