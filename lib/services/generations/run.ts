import { AppError } from '@/lib/errors'
import { subscribe } from '@/lib/events'
import { log } from '@/lib/log'
import type { Model, ModelRequest, Usage } from '@/lib/providers/model'
import { estimateTokens } from '@/lib/providers/model'
import { TOKENS_PER_CREDIT } from '@/lib/schemas/generations'
import { heartbeat, storeChunk } from '@/lib/services/generations/chunks'
import { close, type Outcome, recordLateSettlement } from '@/lib/services/generations/close'

export type Run = {
  id: string
  fence: number
  leaseMs: number
  model: Model
  request: Omit<ModelRequest, 'signal'>
}

/** Why a run ends early; the abort reason of its signal. */
class Stopped extends Error {}
class Lost extends Error {}

/**
 * Runs an accepted generation to its end, outside any request: stores the text as it comes, renews the
 * lease, and closes it. Never throws: what goes wrong is the generation's outcome.
 */
export async function run(work: Run, shutdown: AbortSignal): Promise<void> {
  const ending = new AbortController()
  const writer = new ChunkWriter(work, () => ending.abort(new Lost()))
  const stop = () => ending.abort(new Stopped())
  const quit = () => ending.abort(new AppError('unavailable', 'The server was shut down.'))
  const unsubscribe = subscribe(`stop:${work.id}`, stop)
  shutdown.addEventListener('abort', quit)
  if (shutdown.aborted) quit()
  // Three beats fit in a lease, so that one lost to a slow database does not cost the generation.
  const pulse = setInterval(() => {
    heartbeat(work, work.leaseMs).then(
      (alive) => (alive === null ? ending.abort(new Lost()) : alive.stop && stop()),
      (err: unknown) => log().warn({ err, generation: work.id }, 'heartbeat failed'),
    )
  }, work.leaseMs / 3)

  let usage: Usage | null = null
  let failure: unknown
  try {
    for await (const event of work.model.generate({ ...work.request, signal: ending.signal })) {
      if (event.type === 'text') writer.write(event.text)
      else usage = event.usage
    }
  } catch (error) {
    failure = ending.signal.aborted ? ending.signal.reason : error
  }
  // The text is stored before the row is closed: closing is what tells readers that there is no more.
  await writer.end()
  clearInterval(pulse)
  unsubscribe()
  shutdown.removeEventListener('abort', quit)
  if (ending.signal.reason instanceof Lost) return
  await settle(work, outcomeOf(work, writer.text, usage, failure))
}

function outcomeOf(work: Run, text: string, usage: Usage | null, failure: unknown): Outcome {
  const inputTokens = usage?.inputTokens ?? null
  const model = work.model.name
  if (failure === undefined || failure instanceof Stopped) {
    const outputTokens = usage?.outputTokens ?? estimateTokens(text)
    const charge = text === '' ? 0 : Math.max(1, Math.ceil(outputTokens / TOKENS_PER_CREDIT))
    return {
      status: failure ? 'stopped' : 'succeeded',
      charge,
      errorCode: null,
      model,
      inputTokens,
      outputTokens,
    }
  }
  const known = failure instanceof AppError
  log()[known ? 'warn' : 'error']({ err: failure, generation: work.id }, 'generation failed')
  return {
    status: 'failed',
    charge: 0,
    errorCode: known ? failure.code : 'internal',
    model,
    inputTokens,
    outputTokens: null,
  }
}

/** Closes it, as often as it takes: if the database is away for longer than the lease, the sweeper has done it. */
async function settle(work: Run, outcome: Outcome): Promise<void> {
  const patience = Date.now() + 4 * work.leaseMs
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      const mine = await close(work, outcome)
      if (!mine) await recordLateSettlement(work.id, outcome.charge)
      if (!mine) log().warn({ generation: work.id, outcome }, 'settled too late: the sweeper had closed it')
      return
    } catch (error) {
      if (Date.now() > patience) {
        log().error({ err: error, generation: work.id }, 'gave up settling: the sweeper will close it')
        return
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/**
 * Writes text to the database as fast as that takes it: what comes while a write is under way waits and
 * becomes the next chunk. So a fast model makes larger chunks, not a longer queue.
 */
class ChunkWriter {
  text = ''
  private waiting = ''
  private seq = 0
  private writing: Promise<void> | null = null

  constructor(
    private readonly work: Run,
    private readonly lost: () => void,
  ) {}

  write(delta: string): void {
    // U+0000 is the one character that PostgreSQL's text can't hold.
    const text = delta.replaceAll('\u0000', '')
    this.text += text
    this.waiting += text
    this.writing ??= this.drain()
  }

  async end(): Promise<void> {
    while (this.writing) await this.writing
  }

  private async drain(): Promise<void> {
    while (this.waiting !== '') {
      const chunk = { seq: this.seq + 1, text: this.waiting }
      this.waiting = ''
      if (await this.store(chunk)) this.seq = chunk.seq
      else this.lost()
    }
    // In the same turn as the look at `waiting`: text that comes later starts a writer of its own.
    this.writing = null
  }

  /** A write is repeated until the lease must be over: PostgreSQL may just be restarting. */
  private async store(chunk: { seq: number; text: string }): Promise<boolean> {
    const patience = Date.now() + this.work.leaseMs
    for (;;) {
      try {
        return await storeChunk(this.work, chunk, this.work.leaseMs)
      } catch (error) {
        // The write whose acknowledgement was lost has succeeded: its number is taken.
        if ((error as { code?: string }).code === '23505') return true
        log().warn({ err: error, generation: this.work.id }, 'storing text failed')
        if (Date.now() > patience) return false
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
  }
}
