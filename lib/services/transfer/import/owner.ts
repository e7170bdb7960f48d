import { notFound } from '@/lib/errors'
import type { Viewer } from '@/lib/services/viewer'
import { query, type Sql, sql } from '@/lib/sql'

/** For whom an import works that nobody waits for. @throws AppError `not_found` if the account is gone. */
export function findOwner(userId: string): Promise<Viewer> {
  return find(sql`id = ${userId}`)
}

/** For whom an operator imports. @throws AppError `not_found`. */
export function findOwnerByEmail(email: string): Promise<Viewer> {
  return find(sql`email = lower(${email})`)
}

async function find(condition: Sql): Promise<Viewer> {
  const [row] = await query<Omit<Viewer, 'credential'>>(
    sql`SELECT id AS "userId", email, name, role, tier FROM users WHERE ${condition}`,
  )
  if (!row) throw notFound('account')
  return { ...row, credential: { kind: 'session', sessionId: '' } }
}
