import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { AccountTier, TierChange } from '@/lib/schemas/admin'
import { type Operator, record } from '@/lib/services/operators/operator'
import { query, sql, transaction } from '@/lib/sql'

/** An account as an operator sees it. Nothing that its writer has written is part of it. */
export type UserView = {
  id: string
  email: string
  name: string
  tier: AccountTier
  role: 'writer' | 'operator'
  credits: number
  createdAt: Date
}

const columns = sql`id, email, name, tier, role, credits, created_at AS "createdAt"`

/**
 * Accounts whose address has this in it, newest first (ids are by time); all of them for an empty one.
 *
 * @param before the id of the last one already seen.
 */
export async function searchUsers(
  _: Operator,
  { email, limit, before }: { email: string; limit: number; before: string | null },
): Promise<UserView[]> {
  const pattern = `%${email
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`
  return query<UserView>(sql`
    SELECT ${columns} FROM users
    WHERE email LIKE ${pattern} AND (${before}::uuid IS NULL OR id < ${before}::uuid)
    ORDER BY id DESC LIMIT ${limit}`)
}

/** The account with exactly this address, or null. */
export async function findUserByEmail(_: Operator, email: string): Promise<UserView | null> {
  const address = email.trim().toLowerCase()
  const [user] = await query<UserView>(sql`SELECT ${columns} FROM users WHERE email = ${address}`)
  return user ?? null
}

/** @throws AppError `not_found`. */
export async function readUser(_: Operator, id: string): Promise<UserView> {
  const [user] = isId(id) ? await query<UserView>(sql`SELECT ${columns} FROM users WHERE id = ${id}`) : []
  if (!user) throw notFound('account')
  return user
}

/**
 * Puts an account into a tier. It counts from the next statement on, on every instance.
 *
 * @throws AppError `not_found`.
 */
export async function changeTier(operator: Operator, { userId, tier }: TierChange): Promise<void> {
  await transaction(async (query) => {
    const [user] = await query<{ email: string; tier: AccountTier }>(
      sql`SELECT email, tier FROM users WHERE id = ${userId} FOR UPDATE`,
    )
    if (!user) throw notFound('account')
    if (user.tier === tier) return
    await query(sql`UPDATE users SET tier = ${tier}::"tier" WHERE id = ${userId}`)
    await record(query, operator, {
      action: 'tier',
      subject: user.email,
      before: { tier: user.tier },
      after: { tier },
    })
  })
}
