import path from 'node:path'
import workerpool from 'workerpool'

type Threads = {
  /** What the pool is known by in this process. */
  name: string
  /** The file that the threads run, from the project's folder. */
  worker: string
  most: number
  /** How long one piece of work may take, in milliseconds. */
  patienceMs: number
}

/** What a thread may need for one text; more ends it, and not the process. */
const MEMORY_MB = 512

/**
 * Does work in a thread, so that meanwhile everybody else is answered. The worker says `started` when it begins: time
 * counts from then.
 *
 * @returns null for what takes too long or too much memory: its thread is ended.
 * @throws whatever the work throws.
 */
export async function inThread<Work extends (...input: never[]) => unknown>(
  threads: Threads,
  work: string,
  input: Parameters<Work>,
): Promise<ReturnType<Work> | null> {
  const task: workerpool.Promise<ReturnType<Work>, Error> = poolOf(threads).exec(work, input, {
    on: () => task.timeout(threads.patienceMs),
  })
  try {
    return await task
  } catch (error) {
    if (isGivenUp(error)) return null
    throw error
  }
}

/** Next.js loads each route as a module graph of its own, and threads a graph would be too many. */
const holder = globalThis as typeof globalThis & { inkwellThreads?: Map<string, workerpool.Pool> }

function poolOf({ name, worker, most }: Threads): workerpool.Pool {
  holder.inkwellThreads ??= new Map()
  const known = holder.inkwellThreads.get(name)
  if (known) return known
  const pool = workerpool.pool(path.resolve(worker), {
    workerType: 'thread',
    maxWorkers: most,
    workerThreadOpts: { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 1 } },
    // A thread that is busy hears nothing, so there is nothing to wait for. In milliseconds; 0 would be a second.
    workerTerminateTimeout: 1,
  })
  holder.inkwellThreads.set(name, pool)
  return pool
}

/** Ends all threads, for a command that is done: a process lives as long as they do. */
export async function endThreads(): Promise<void> {
  for (const pool of holder.inkwellThreads?.values() ?? []) await pool.terminate()
  holder.inkwellThreads?.clear()
}

/** The thread was ended: by us, since its time was over, or by Node, since its memory was full. */
function isGivenUp(error: unknown): boolean {
  return error instanceof workerpool.Promise.TimeoutError || error instanceof workerpool.TerminateError
}
