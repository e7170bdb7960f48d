import { setTimeout as sleep } from 'node:timers/promises'
import { asUnavailable } from '@/lib/db-errors'
import { query, type Sql, sql } from '@/lib/sql'

export type Chunk = { seq: number; text: string }
/** Which generation a runner holds, and under which fence. */
export type Claim = { id: string; fence: number }

type Waiting = Claim & Chunk & { resolve: (mine: boolean) => void; reject: (error: unknown) => void }

/** A notice names every generation of its batch, and PostgreSQL takes 8,000 bytes for one. */
const BATCH = 200

/** How far apart batches begin, in milliseconds: nobody reads faster, and each batch costs a commit. */
const PACE_MS = 20

let waiting: Waiting[] = []
let storing = false

/**
 * Stores a piece of text, together with all that other generations have to store at this moment: what comes
 * while a batch is under way makes up the next one. Storing the same piece again changes nothing.
 *
 * @returns false if the generation is no longer this runner's.
 */
export function storeChunk({ id, fence }: Claim, { seq, text }: Chunk): Promise<boolean> {
  return new Promise((resolve, reject) => {
    waiting.push({ id, fence, seq, text, resolve, reject })
    if (!storing) storeWaiting()
  })
}

async function storeWaiting(): Promise<void> {
  storing = true
  while (waiting.length > 0) {
    const pace = sleep(PACE_MS)
    const batch = waiting.slice(0, BATCH)
    waiting = waiting.slice(BATCH)
    try {
      const stored = await store(batch, sql`SKIP LOCKED`)
      for (const it of batch) stored.has(it.id) ? it.resolve(true) : storeAlone(it)
    } catch (error) {
      // Where it is the text of one that can't be stored, the others do not suffer for it.
      const away = asUnavailable(error) !== error
      for (const it of batch) away ? it.reject(error) : storeAlone(it)
    }
    await pace
  }
  // In the same turn as the look at `waiting`: what comes later starts a batch of its own.
  storing = false
}

/** Who is being closed, or breathes just now, is waited for, but not by the others. */
function storeAlone(it: Waiting): void {
  store([it], sql``).then((stored) => it.resolve(stored.has(it.id)), it.reject)
}

/**
 * The rows are locked against being closed: a close that comes first is waited for and leaves nothing to write
 * to, and one that comes later sees this text.
 *
 * @returns the ids of the generations that are their runners'.
 */
async function store(batch: readonly (Claim & Chunk)[], locked: Sql): Promise<Set<string>> {
  const rows = await query<{ id: string }>(sql`
    WITH mine AS (
      SELECT given.id, given.seq, given.text
      FROM unnest(${batch.map(({ id }) => id)}::uuid[], ${batch.map(({ fence }) => fence)}::int[],
        ${batch.map(({ seq }) => seq)}::int[], ${batch.map(({ text }) => text)}::text[]) AS given (id, fence, seq, text)
      JOIN generations ON generations.id = given.id AND generations.fence = given.fence AND status = 'running'
      FOR SHARE OF generations ${locked}
    ), stored AS (
      INSERT INTO generation_chunks (generation_id, seq, text) SELECT id, seq, text FROM mine
      ON CONFLICT (generation_id, seq) DO NOTHING
    ), told AS (
      SELECT pg_notify('inkwell', 'chunk:' || string_agg(id::text, ',')) FROM mine HAVING count(*) > 0
    )
    SELECT id FROM mine, told`)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Says that the runner lives, and asks whether its owner wants it stopped.
 *
 * @returns null if the generation is no longer this runner's.
 */
export async function heartbeat(claim: Claim, leaseMs: number): Promise<{ stop: boolean } | null> {
  const [row] = await query<{ stop: boolean }>(sql`
    UPDATE generations SET lease_until = now() + ${leaseMs}::int * interval '1 millisecond'
    WHERE id = ${claim.id} AND fence = ${claim.fence} AND status = 'running'
    RETURNING stop_requested_at IS NOT NULL AS stop`)
  return row ?? null
}
