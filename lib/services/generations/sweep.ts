import { close, type Outcome } from '@/lib/services/generations/close'
import { query, sql } from '@/lib/sql'

/**
 * Closes what outlived its lease: its runner is dead, or as good as. The hold goes back, the text that had
 * arrived stays. Any number of sweepers may run at once, and a late settle too: see close().
 *
 * @param owner whose generations to look at; everybody's, if not said.
 * @returns the ids closed by this call.
 */
export async function sweep(owner: string | null = null): Promise<string[]> {
  const expired = await query<{ id: string }>(sql`
    SELECT id FROM generations
    WHERE status = 'running' AND lease_until < now() AND (${owner}::uuid IS NULL OR owner_id = ${owner}::uuid)
    ORDER BY lease_until LIMIT 500`)
  const closed: string[] = []
  for (const { id } of expired) {
    if (await close({ id, expired: true }, INTERRUPTED)) closed.push(id)
  }
  return closed
}

const INTERRUPTED: Outcome = {
  status: 'failed',
  charge: 0,
  errorCode: 'unavailable',
  model: null,
  inputTokens: null,
  outputTokens: null,
}
