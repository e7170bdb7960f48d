import { violatedUnique } from '@/lib/db-errors'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { type Query, query, sql } from '@/lib/sql'

/** How often an import is begun: one that brings its server down each time is not to do so for ever. */
const MAX_STARTS = 5

/** An import that is this process's to do, as long as nobody has raised its fence. */
export type Held = { id: string; ownerId: string; filename: string; site: string | null; fence: number }

/**
 * Makes the row of an import, under a lease.
 *
 * @param stored whether its file is in the storage.
 * @throws AppError `in_progress` while another import of this owner's runs.
 */
export async function insertImport(
  run: Query,
  { id, ownerId, filename, site }: Omit<Held, 'fence'>,
  stored: boolean,
): Promise<void> {
  try {
    await run(sql`
      INSERT INTO imports (id, owner_id, filename, site, stored, lease_until)
      VALUES (${id}, ${ownerId}, ${filename}, ${site}, ${stored}, ${leaseEnd()})`)
  } catch (error) {
    if (violatedUnique(error) !== 'imports_one_running') throw error
    throw new AppError(
      'in_progress',
      'Another import is still running. Wait for its end; then send this one again.',
    )
  }
}

/** Keeps it for another lease. @returns whether it is still this process's. */
export async function renewLease({ id, fence }: Held): Promise<boolean> {
  const kept = await query(sql`
    UPDATE imports SET lease_until = ${leaseEnd()}
    WHERE id = ${id} AND fence = ${fence} AND status = 'running' RETURNING id`)
  return kept.length > 0
}

/**
 * Leaves it to whoever comes next. It then counts as never begun: no trouble of its own ended it.
 *
 * @param afterSeconds until when trouble may have passed. What is not in the storage nobody goes on with: it need not wait.
 */
export async function giveBack({ id, fence }: Held, afterSeconds: number): Promise<void> {
  await query(sql`
    UPDATE imports SET starts = starts - 1,
      lease_until = now() + make_interval(secs => CASE WHEN stored THEN ${afterSeconds}::int ELSE 0 END)
    WHERE id = ${id} AND fence = ${fence} AND status = 'running'`)
}

/** Ends it, if it is still this process's. @param error why it failed, in words for its owner; null if it did not. */
export async function endImport({ id, fence }: Held, error: string | null, remarks: string[]): Promise<void> {
  await query(sql`
    UPDATE imports SET status = ${error === null ? 'done' : 'failed'}, error = ${error}, remarks = ${remarks}::text[],
      ended_at = now()
    WHERE id = ${id} AND fence = ${fence} AND status = 'running'`)
}

/** Takes over what has outlived its lease: each import is taken by one process. What nobody can go on with is ended. */
export async function takeOver(): Promise<Held[]> {
  await endLost()
  return query<Held>(sql`
    UPDATE imports SET fence = fence + 1, starts = starts + 1, lease_until = ${leaseEnd()}
    WHERE id IN (
      SELECT id FROM imports WHERE status = 'running' AND lease_until < now()
      ORDER BY lease_until LIMIT 10 FOR UPDATE SKIP LOCKED)
    RETURNING id, owner_id AS "ownerId", filename, site, fence`)
}

/** Ends what has outlived its lease and nobody can go on with. */
export async function endLost(): Promise<void> {
  await query(sql`
    UPDATE imports SET status = 'failed', ended_at = now(), error = CASE
      WHEN stored THEN 'It was begun again and again, and the server stopped each time.'
      ELSE 'It was broken off. What it has made stays; run the command again, and it goes on from there.' END
    WHERE status = 'running' AND lease_until < now() AND (NOT stored OR starts >= ${MAX_STARTS})`)
}

/** By the database’s clock, as long as a generation may go without a sign of life. */
function leaseEnd() {
  return sql`now() + make_interval(secs => ${env().GENERATION_LEASE_MS / 1000})`
}
