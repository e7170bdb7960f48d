import { AppError, type ErrorCode } from '@/lib/errors'
import type { Streamed } from '@/lib/http/answer'
import { asAppError, problemOf } from '@/lib/http/problem'
import type { GenerationBody, GenerationEvent } from '@/lib/schemas/generations'
import { follow, type GenerationView, readGeneration } from '@/lib/services/generations'
import type { Subject } from '@/lib/services/subject'

/** A generation as the API tells it. */
export function generationBody(it: GenerationView): GenerationBody {
  return {
    id: it.id,
    status: it.status,
    tool: it.tool,
    result: it.result,
    model: it.model,
    usage: { inputTokens: it.inputTokens, outputTokens: it.outputTokens },
    credits: { held: it.held, charged: it.charged, balance: it.balance },
  }
}

const FAILURES: Partial<Record<ErrorCode, string>> = {
  provider_timeout:
    'The model was silent for too long. Nothing was charged, and the text that had arrived is kept.',
  unavailable:
    'The server running this was interrupted. Nothing was charged, and the text that had arrived is kept.',
}

/** Why a generation failed, for its owner. */
export function generationFailure(it: Pick<GenerationView, 'id' | 'errorCode'>): AppError {
  const code = it.errorCode ?? 'provider_failed'
  const detail =
    FAILURES[code] ?? 'The model failed. Nothing was charged, and the text that had arrived is kept.'
  return new AppError(code, detail, {
    facts: { generationId: it.id },
    ...(code === 'unavailable' ? { retryAfter: 1 } : {}),
  })
}

/** Waits for the end and answers it. @throws AppError what it failed of. */
export async function finalBody(subject: Subject, id: string, signal: AbortSignal): Promise<GenerationBody> {
  for await (const _ of follow(subject, id, Number.MAX_SAFE_INTEGER, signal)) {
    // Nothing to do with the text here: it is read whole at the end.
  }
  const ended = await readGeneration(subject, id)
  if (ended.status === 'failed') throw generationFailure(ended)
  return generationBody(ended)
}

/** How often a silent stream says that it lives: proxies close what says nothing for a minute. */
const KEEP_ALIVE_MS = 10_000

/**
 * A generation as server-sent events (HTML, 9.2), from after the chunk numbered `after`: `start`, `delta`s with
 * the chunk's number as id, then `done` or `error`. A reader that goes away stops nothing but this.
 */
export function streamGeneration(
  subject: Subject,
  { id, held }: Pick<GenerationView, 'id' | 'held'>,
  after: number,
  signal: AbortSignal,
  requestId: string,
): Streamed<'text/event-stream'> & { headers: Record<string, string> } {
  const gone = new AbortController()
  const events = generationEvents(subject, id, held, after, AbortSignal.any([signal, gone.signal]), requestId)
  const encoder = new TextEncoder()
  let keepAlive: NodeJS.Timeout | undefined
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      keepAlive = setInterval(() => {
        // A reader that takes nothing needs no sign of life, and must not grow the queue.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'))
      }, KEEP_ALIVE_MS)
    },
    async pull(controller) {
      const { value, done } = await events.next().catch(() => ({ value: undefined, done: true }))
      if (value) controller.enqueue(encoder.encode(value))
      if (!done) return
      clearInterval(keepAlive)
      controller.close()
    },
    cancel() {
      clearInterval(keepAlive)
      gone.abort()
    },
  })
  const headers = {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  }
  return { type: 'text/event-stream', stream, headers }
}

async function* generationEvents(
  subject: Subject,
  id: string,
  held: number,
  after: number,
  signal: AbortSignal,
  requestId: string,
): AsyncGenerator<string, void, void> {
  yield line({ event: 'start', data: { id, held } })
  try {
    for await (const { seq, text } of follow(subject, id, after, signal))
      yield line({ event: 'delta', id: seq, data: { text } })
    const ended = await readGeneration(subject, id)
    if (ended.status === 'failed') throw generationFailure(ended)
    yield line({ event: 'done', data: generationBody(ended) })
  } catch (error) {
    if (signal.aborted) return
    yield line({ event: 'error', data: { problem: problemOf(asAppError(error, requestId), requestId) } })
  }
}

function line(it: GenerationEvent): string {
  const id = it.event === 'delta' ? `id: ${it.id}\n` : ''
  return `${id}event: ${it.event}\ndata: ${JSON.stringify(it.data)}\n\n`
}

/** Where a reader that comes back has been: `Last-Event-ID`, or the beginning. */
export function lastEventId(request: Request): number {
  const id = request.headers.get('last-event-id') ?? ''
  return /^\d{1,9}$/.test(id) ? Number(id) : 0
}
