import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/**
 * Asks for a running generation to be stopped, wherever it runs; its runner settles what was delivered.
 *
 * @returns whether it was still running: stopping what has ended changes nothing.
 * @throws AppError `not_found`.
 */
export async function requestStop(viewer: Viewer, id: string): Promise<boolean> {
  if (!isId(id)) throw notFound('generation')
  const [row] = await query<{ asked: boolean }>(sql`
    WITH asked AS (
      UPDATE generations SET stop_requested_at = coalesce(stop_requested_at, now())
      WHERE id = ${id} AND owner_id = ${viewer.userId} AND status = 'running' RETURNING id
    ), told AS (
      SELECT pg_notify('inkwell', 'stop:' || id) FROM asked
    )
    SELECT EXISTS (SELECT FROM told) AS asked FROM generations WHERE id = ${id} AND owner_id = ${viewer.userId}`)
  if (!row) throw notFound('generation')
  return row.asked
}
