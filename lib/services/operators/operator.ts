import { newId } from '@/lib/ids'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, sql } from '@/lib/sql'

/** A viewer who runs this studio. Every service of this folder takes one, so that none can be reached without. */
export type Operator = Viewer & { role: 'operator' }

/** Whether the viewer may do what this folder's services do. */
export function isOperator(viewer: Viewer): viewer is Operator {
  return viewer.role === 'operator'
}

type Change = {
  /** What was done: `tier`, `grant`, `prices`. */
  action: string
  /** To whom or what: an account's address, a tier. */
  subject: string
  before: Record<string, unknown>
  after: Record<string, unknown>
}

/** Writes down who changed what, inside the transaction that changes it: neither is there without the other. */
export async function record(
  query: Query,
  { userId }: Operator,
  { action, subject, before, after }: Change,
): Promise<void> {
  await query(sql`
    INSERT INTO operator_actions (id, operator_id, action, subject, before, after)
    VALUES (${newId()}, ${userId}, ${action}, ${subject}, ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`)
}
