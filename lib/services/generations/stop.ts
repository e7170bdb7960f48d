import { notFound } from '@/lib/errors'
import { subscribe } from '@/lib/events'
import { isId } from '@/lib/ids'
import { ownedBy, type Subject } from '@/lib/services/subject'
import { query, sql } from '@/lib/sql'

/**
 * Asks for a running generation to be stopped, wherever it runs; its runner settles what was delivered.
 *
 * @returns whether it was still running: stopping what has ended changes nothing.
 * @throws AppError `not_found`.
 */
export async function requestStop(subject: Subject, id: string): Promise<boolean> {
  if (!isId(id)) throw notFound('generation')
  const [row] = await query<{ asked: boolean }>(sql`
    WITH asked AS (
      UPDATE generations g SET stop_requested_at = coalesce(stop_requested_at, now())
      WHERE id = ${id} AND ${ownedBy(subject)} AND status = 'running' RETURNING id
    ), told AS (
      SELECT pg_notify('inkwell', 'stop:' || id) FROM asked
    )
    SELECT EXISTS (SELECT FROM told) AS asked FROM generations g WHERE id = ${id} AND ${ownedBy(subject)}`)
  if (!row) throw notFound('generation')
  return row.asked
}

/** A signal that aborts when the generation's owner asks for it to be stopped, on whichever instance. */
export function listenForStop(id: string): { stopped: AbortSignal; dispose: () => void } {
  const controller = new AbortController()
  return { stopped: controller.signal, dispose: subscribe(`stop:${id}`, () => controller.abort()) }
}
