import { availableParallelism } from 'node:os'
import { inThread } from '@/lib/threads'
import { typed } from './as-typed'
import type { Rendered, RenderOptions, render } from './render'

/**
 * The longest text that may be written takes less than a second. Of some that nobody writes, the parser's time grows with
 * the square of the length (`_a*` over and over: minutes).
 */
const threads = {
  name: 'markdown',
  worker: 'lib/markdown/worker.ts',
  most: Math.max(2, availableParallelism()),
  patienceMs: 4_000,
}

/**
 * Renders in a thread, so that meanwhile everybody else is answered.
 *
 * @returns what takes too long or too much memory, as it was typed.
 */
export async function renderInThread(markdown: string, options: RenderOptions): Promise<Rendered> {
  return (await inThread<typeof render>(threads, 'render', [markdown, options])) ?? typed(markdown)
}
