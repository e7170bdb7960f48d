import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@/lib/errors'
import { query, sql } from '@/lib/sql'

/** How long a database that is there takes to say so at the most, in milliseconds. */
const PRESENT_MS = 2_000

/**
 * Answers when the database does, without the patience that others have with it: whoever asks wants to know whether it is
 * there now.
 *
 * @throws AppError `unavailable` where it does not answer; what connecting threw.
 */
export async function pingDatabase(): Promise<void> {
  const asking = query(sql`SELECT 1`)
  const answered = await Promise.race([asking, sleep(PRESENT_MS, null, { ref: false })])
  if (answered) return
  // It goes on until it has its answer or its time is over, and nobody waits for it.
  asking.catch(() => {})
  throw new AppError('unavailable', 'The database does not answer. Please try again.', { retryAfter: 5 })
}
