import { query, sql } from '@/lib/sql'

export type Chunk = { seq: number; text: string }

/**
 * Stores a piece of text and renews the lease. Locking the row first makes it wait for whoever is closing
 * it: after that, nothing more can be written to it.
 *
 * @returns false if the generation is no longer this runner's.
 */
export async function storeChunk(
  claim: { id: string; fence: number },
  chunk: Chunk,
  leaseMs: number,
): Promise<boolean> {
  const rows = await query(sql`
    WITH mine AS (
      UPDATE generations SET lease_until = now() + ${leaseMs}::int * interval '1 millisecond'
      WHERE id = ${claim.id} AND fence = ${claim.fence} AND status = 'running' RETURNING id
    ), stored AS (
      INSERT INTO generation_chunks (generation_id, seq, text)
      SELECT id, ${chunk.seq}, ${chunk.text} FROM mine RETURNING generation_id
    )
    SELECT pg_notify('inkwell', 'chunk:' || generation_id) FROM stored`)
  return rows.length > 0
}

/**
 * Says that the runner lives, and asks whether its owner wants it stopped.
 *
 * @returns null if the generation is no longer this runner's.
 */
export async function heartbeat(
  claim: { id: string; fence: number },
  leaseMs: number,
): Promise<{ stop: boolean } | null> {
  const [row] = await query<{ stop: boolean }>(sql`
    UPDATE generations SET lease_until = now() + ${leaseMs}::int * interval '1 millisecond'
    WHERE id = ${claim.id} AND fence = ${claim.fence} AND status = 'running'
    RETURNING stop_requested_at IS NOT NULL AS stop`)
  return row ?? null
}
