import pino from 'pino'
import { env } from '@/lib/env'

// On globalThis, because Next.js loads instrumentation and each route as separate module graphs.
const holder = globalThis as typeof globalThis & { inkwellLog?: pino.Logger }

/** The log: JSON lines on standard output, secrets left out. */
export function log(): pino.Logger {
  holder.inkwellLog ??= pino(
    {
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: ['*.password', '*.authorization', '*.cookie', '*.apiKey'],
    },
    writtenOnceATurn(),
  )
  return holder.inkwellLog
}

/** What is logged during one turn of the event loop is written at its end, or when the process ends, by one system call. */
function writtenOnceATurn(): pino.DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, minLength: 8_192 })
  let isDue = false
  const flush = () => {
    isDue = false
    output.flushSync()
  }
  process.once('exit', flush)
  return {
    write(line) {
      output.write(line)
      if (isDue) return
      isDue = true
      setImmediate(flush)
    },
  }
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
