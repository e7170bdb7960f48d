import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import type { Model, ModelRequest, Usage } from '@/lib/providers/model'
import { estimateTokens } from '@/lib/providers/model'
import { TOKENS_PER_CREDIT } from '@/lib/schemas/generations'
import { ChunkWriter } from '@/lib/services/generations/chunk-writer'
import { heartbeat } from '@/lib/services/generations/chunks'
import { close, type Outcome, recordLateSettlement } from '@/lib/services/generations/close'
import { closeLiveText, openLiveText } from '@/lib/services/generations/live-text'
import { whenAborted } from '@/lib/when-aborted'

export type Run = {
  id: string
  /** The subject's key: whose readers may have the text from memory. */
  owner: string
  fence: number
  leaseMs: number
  model: Model
  request: Omit<ModelRequest, 'signal'>
}

/** Why a run ends early; the abort reason of its signal. */
class Stopped extends Error {}
class Lost extends AppError {
  constructor() {
    super('unavailable', 'Its lease ran out, or its text could not be stored.')
  }
}

/**
 * Runs an accepted generation to its end, outside any request: stores the text as it comes, renews the
 * lease, and closes it. Never throws: what goes wrong is the generation's outcome.
 *
 * @param stopped aborts when its owner wants it stopped
 * @param shutdown aborts when the server can't wait any longer
 */
export async function run(work: Run, stopped: AbortSignal, shutdown: AbortSignal): Promise<void> {
  const ending = new AbortController()
  const writer = new ChunkWriter(work, openLiveText(work.id, work.owner), () => ending.abort(new Lost()))
  const stop = () => ending.abort(new Stopped())
  const quit = () => ending.abort(new AppError('unavailable', 'The server was shut down.'))
  const unsubscribe = [whenAborted(stopped, stop), whenAborted(shutdown, quit)]
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
  for (const quiet of unsubscribe) quiet()
  // Also where the loss came after the model's end, or after a stop: nobody pays for text that is not there.
  if (writer.broken || ending.signal.reason instanceof Lost) failure = new Lost()
  const outcome = outcomeOf(work, writer.text, usage, failure)
  const cost = failure instanceof Lost ? priceOf(writer.text, usage) : outcome.charge
  const closed = await settle(work, outcome, cost)
  closeLiveText(work.id, closed && !writer.broken ? 'whole' : 'in doubt')
}

/** What the text comes to in credits: 1 per started so many tokens, and nothing for nothing. */
function priceOf(text: string, usage: Usage | null): number {
  const outputTokens = usage?.outputTokens ?? estimateTokens(text)
  return text === '' ? 0 : Math.max(1, Math.ceil(outputTokens / TOKENS_PER_CREDIT))
}

function outcomeOf(work: Run, text: string, usage: Usage | null, failure: unknown): Outcome {
  const inputTokens = usage?.inputTokens ?? null
  const model = work.model.name
  if (failure === undefined || failure instanceof Stopped) {
    return {
      status: failure ? 'stopped' : 'succeeded',
      charge: priceOf(text, usage),
      errorCode: null,
      model,
      inputTokens,
      outputTokens: usage?.outputTokens ?? estimateTokens(text),
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

/**
 * Closes it, as often as it takes: if the database is away for longer than the lease, the sweeper has done it.
 *
 * @param cost what was delivered comes to in credits; kept where nobody will be charged for it
 * @returns whether it is closed, by this or by somebody else.
 */
async function settle(work: Run, outcome: Outcome, cost: number): Promise<boolean> {
  const patience = performance.now() + 4 * work.leaseMs
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      const mine = await close(work, outcome)
      if (!mine || outcome.charge < cost) await recordLateSettlement(work.id, cost)
      if (!mine)
        log().warn({ generation: work.id, outcome, cost }, 'it had been closed before it was settled')
      return true
    } catch (error) {
      if (performance.now() > patience) {
        log().error({ err: error, generation: work.id }, 'gave up settling: the sweeper will close it')
        return false
      }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
