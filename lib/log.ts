import pino from 'pino'
import { env } from '@/lib/env'

let logger: pino.Logger | undefined

/** The log: JSON lines on standard output, secrets left out. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['*.password', '*.authorization', '*.cookie', '*.apiKey'],
  })
  return logger
}
