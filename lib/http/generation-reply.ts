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

/** How often a stream says that it lives, whatever else it says, in milliseconds: proxies close what is silent for a minute. */
export const KEEP_ALIVE_MS = 10_000

/** Which generation is told to whom, and from where on. */
export type StreamedGeneration = Pick<GenerationView, 'id' | 'held'> & {
  subject: Subject
  /** The number of the last chunk that the reader has. */
  after: number
  requestId: string
}

/**
 * A generation as server-sent events (HTML, 9.2), from after the chunk numbered `after`: `start`, `delta`s with
 * the chunk's number as id, then `done` or `error`. A reader that goes away stops nothing but this.
 */
export function streamGeneration(
  request: Request,
  generation: StreamedGeneration,
  keepAliveMs = KEEP_ALIVE_MS,
): Streamed<'text/event-stream'> & { headers: Record<string, string> } {
  const headers = {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  }
  // Nobody reads the body of an answer to HEAD, so nothing must wait for its reader.
  const stream = request.method === 'HEAD' ? new Blob().stream() : streamOf(request, generation, keepAliveMs)
  return { type: 'text/event-stream', stream, headers }
}

/** Made as it is read: a reader that takes nothing, or has gone before it took anything, leaves nothing running. */
function streamOf(
  request: Request,
  generation: StreamedGeneration,
  keepAliveMs: number,
): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  const events = generationEvents(generation, AbortSignal.any([request.signal, gone.signal]))
  const encoder = new TextEncoder()
  let coming: Promise<IteratorResult<string, void>> | undefined
  let lastSign = performance.now()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      coming ??= events.next().catch(() => ({ value: undefined, done: true }) as const)
      const next = await within(coming, lastSign + keepAliveMs - performance.now())
      if (next === null) {
        lastSign = performance.now()
        controller.enqueue(encoder.encode(': still here\n\n'))
        return
      }
      coming = undefined
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel() {
      gone.abort()
    },
  })
}

/** What is promised, or null where that takes more than so many milliseconds. */
async function within<Result>(promised: Promise<Result>, milliseconds: number): Promise<Result | null> {
  if (milliseconds <= 0) return null
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, milliseconds, null)
  })
  return Promise.race([promised, tooLong]).finally(() => clearTimeout(timer))
}

async function* generationEvents(
  { subject, id, held, after, requestId }: StreamedGeneration,
  signal: AbortSignal,
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

/** Where a reader that comes back has been: `Last-Event-ID`, or the beginning. However far that is, it is not taken for less. */
export function lastEventId(request: Request): number {
  const id = request.headers.get('last-event-id') ?? ''
  return /^\d+$/.test(id) ? Math.min(Number(id), Number.MAX_SAFE_INTEGER) : 0
}
