import { Semaphore } from 'async-mutex'
import { AppError } from '@/lib/errors'
import { MAX_PIXELS } from '@/lib/providers/images/inspect'

/**
 * What a picture is decoded for. Somebody waits for an upload to be taken; a copy can be done without, and whoever has a
 * picture's address can ask for many.
 */
export type Purpose = 'upload' | 'copy'

/** How many copies may wait. By the slowest, of a second or two each, the last of them waits for less than a minute. */
const COPIES_WAITING_MAX = 24

/**
 * Decoding takes 4 to 20 bytes a pixel, so that no more pixels are decoded at once than the largest image has; and no
 * more than three images, since each holds one of the four threads that Node.js reads files with. Uploads come before all
 * copies that wait.
 *
 * @throws AppError `unavailable`, before any work, for a copy that would have to wait behind too many.
 */
export async function inTurn<Value>(
  purpose: Purpose,
  pixels: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const all = turns()
  const weight = Math.max(pixels, Math.floor(MAX_PIXELS / 3))
  if (purpose === 'upload') return all.pixels.runExclusive(work, weight, 1)
  if (all.copiesWaiting >= COPIES_WAITING_MAX) throw tooMany()
  all.copiesWaiting++
  const [, release] = await all.pixels.acquire(weight, 0)
  all.copiesWaiting--
  try {
    return await work()
  } finally {
    release()
  }
}

/** On globalThis, because Next.js loads each route as a module graph of its own, and the machine is one. */
const holder = globalThis as typeof globalThis & { inkwellImageTurns?: Turns }
type Turns = { pixels: Semaphore; copiesWaiting: number }

function turns(): Turns {
  holder.inkwellImageTurns ??= { pixels: new Semaphore(MAX_PIXELS), copiesWaiting: 0 }
  return holder.inkwellImageTurns
}

function tooMany(): AppError {
  return new AppError('unavailable', 'Too many pictures are being made just now. Please try again.', {
    retryAfter: 10,
  })
}
