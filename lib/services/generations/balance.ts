import type { Tool } from '@/lib/schemas/tools'
import { balanceOf } from '@/lib/services/credits'
import { sweep } from '@/lib/services/generations/sweep'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/**
 * The viewer's balance, with what has outlived its lease given back first: nobody who looks has to wait for the
 * timer of the sweeper.
 */
export async function currentBalance(viewer: Viewer): Promise<number> {
  await sweep(viewer.userId)
  return balanceOf(viewer)
}

/** What the viewer's running generations hold, newest first: each hold of theirs that is open. */
export async function openHolds({ userId }: Viewer) {
  return query<OpenHold>(sql`
    SELECT id, tool, held, created_at AS "createdAt" FROM generations
    WHERE owner_id = ${userId} AND status = 'running' ORDER BY created_at DESC, id DESC`)
}

export type OpenHold = { id: string; tool: Tool; held: number; createdAt: Date }
