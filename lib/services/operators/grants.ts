import { AppError, notFound } from '@/lib/errors'
import type { OperatorGrant } from '@/lib/schemas/admin'
import { formKey } from '@/lib/services/attempts'
import { grant } from '@/lib/services/credits'
import { type Operator, record } from '@/lib/services/operators/operator'
import { query, sql, transaction } from '@/lib/sql'

/**
 * Gives credits to an account, once for each form: a double click, a reload of the answer and the same form sent
 * again are the same gift, and get the same answer.
 *
 * @returns the balance after it.
 * @throws AppError `not_found`, or `invalid` if the balance would be too large to keep.
 */
export async function grantCredits(
  operator: Operator,
  { userId, credits, reason, attempt }: OperatorGrant,
): Promise<number> {
  const ref = `operator:${formKey(attempt, [userId, credits, reason])}`
  try {
    const given = await transaction(async (query) => {
      const balance = await grant({ userId, amount: credits, reason, ref }, query)
      // It was given before, and the unique index has ended this transaction: there is nothing to write.
      if (balance === null) return null
      const [user] = await query<{ email: string }>(sql`SELECT email FROM users WHERE id = ${userId}`)
      await record(query, operator, {
        action: 'grant',
        subject: user?.email ?? userId,
        before: { credits: balance - credits },
        after: { credits: balance, reason },
      })
      return balance
    })
    return given ?? (await balanceAfter(userId, ref))
  } catch (error) {
    if ((error as { code?: unknown }).code === OUT_OF_RANGE) throw tooManyCredits(error)
    throw error
  }
}

async function balanceAfter(userId: string, ref: string): Promise<number> {
  const [entry] = await query<{ balance: number }>(
    sql`SELECT balance FROM ledger_entries WHERE user_id = ${userId} AND ref = ${ref}`,
  )
  if (!entry) throw notFound('account')
  return entry.balance
}

/** PostgreSQL's `numeric_value_out_of_range`: balances are 32-bit numbers. */
const OUT_OF_RANGE = '22003'

function tooManyCredits(cause: unknown): AppError {
  const detail = 'The balance would be larger than can be kept.'
  return new AppError('invalid', detail, { fields: [{ pointer: '/credits', detail }], cause })
}
