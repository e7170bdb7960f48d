import { db } from '@/lib/db'
import type { Operator } from '@/lib/services/operators/operator'

export type OperatorAction = {
  id: string
  action: string
  subject: string
  operator: string
  /** Each value that was changed: `credits: 20 → 70`. */
  changes: { name: string; from: string; to: string }[]
  createdAt: Date
}

/** What operators did last, newest first. */
export async function listActions(_: Operator, limit: number): Promise<OperatorAction[]> {
  const rows = await db().operatorAction.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { operator: { select: { email: true } } },
  })
  return rows.map(({ id, action, subject, operator, before, after, createdAt }) => ({
    id,
    action,
    subject,
    operator: operator.email,
    changes: changesBetween(asRecord(before), asRecord(after)),
    createdAt,
  }))
}

function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>) {
  return Object.entries(after)
    .filter(([name, to]) => before[name] !== to)
    .map(([name, to]) => ({ name, from: text(before[name]), to: text(to) }))
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  return value === undefined || value === null ? 'none' : String(value)
}
