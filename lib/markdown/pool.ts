import { availableParallelism } from 'node:os'
import path from 'node:path'
import workerpool from 'workerpool'
import { typed } from './as-typed'
import type { Rendered, RenderOptions, render } from './render'

/**
 * The longest text that may be written takes less than a second. Of some that nobody writes, the parser's time grows with
 * the square of the length (`_a*` over and over: minutes).
 */
const PATIENCE_MS = 4_000
/** What a thread may need for one text; more ends it, and not the process. */
const MEMORY_MB = 512

/**
 * Renders in a thread, so that meanwhile everybody else is answered.
 *
 * @returns what takes too long or too much memory, as it was typed.
 */
export async function renderInThread(markdown: string, options: RenderOptions): Promise<Rendered> {
  const task: workerpool.Promise<Rendered, Error> = threads().exec<typeof render>(
    'render',
    [markdown, options],
    { on: () => task.timeout(PATIENCE_MS) },
  )
  try {
    return await task
  } catch (error) {
    if (isGivenUp(error)) return typed(markdown)
    throw error
  }
}

/** Next.js loads each route as a module graph of its own, and threads a graph would be too many. */
const holder = globalThis as typeof globalThis & { inkwellRenderers?: workerpool.Pool }

function threads(): workerpool.Pool {
  holder.inkwellRenderers ??= workerpool.pool(path.resolve('lib/markdown/worker.ts'), {
    workerType: 'thread',
    maxWorkers: Math.max(2, availableParallelism()),
    workerThreadOpts: { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 1 } },
    // A thread that is busy hears nothing, so there is nothing to wait for. In milliseconds; 0 would be a second.
    workerTerminateTimeout: 1,
  })
  return holder.inkwellRenderers
}

/** The thread was ended: by us, since its time was over, or by Node, since its memory was full. */
function isGivenUp(error: unknown): boolean {
  return error instanceof workerpool.Promise.TimeoutError || error instanceof workerpool.TerminateError
}
