import { db } from '@/lib/db'
import { violatedUnique } from '@/lib/db-errors'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { Login, PasswordChange, Signup } from '@/lib/schemas/accounts'
import { grant } from '@/lib/services/credits'
import { hashPassword, passwordMatches } from '@/lib/services/passwords'
import { renewPublicStamp } from '@/lib/services/posts/stamp'
import type { Viewer } from '@/lib/services/viewer'
import { sql, transaction } from '@/lib/sql'

/** Credits a new account starts with. */
export const WELCOME_CREDITS = 20

/**
 * Makes an account with its welcome credits. The first one on an empty install is its operator.
 *
 * @returns the new user's id.
 * @throws AppError `invalid` if the address has an account already.
 */
export async function createAccount(input: Signup): Promise<string> {
  const id = newId()
  const passwordHash = await hashPassword(input.password)
  try {
    await transaction(async (query) => {
      // Two first sign-ups at once take turns, or both would find the install empty.
      await query(sql`SELECT pg_advisory_xact_lock(hashtext('inkwell:first-account'))`)
      await query(sql`
        INSERT INTO users (id, email, name, password_hash, role)
        SELECT ${id}, ${input.email}, ${input.name}, ${passwordHash},
          CASE WHEN EXISTS (SELECT FROM users) THEN 'writer' ELSE 'operator' END::"role"`)
      await grant({ userId: id, amount: WELCOME_CREDITS, reason: 'Welcome to Inkwell', ref: 'signup' }, query)
    })
  } catch (error) {
    if (violatedUnique(error) !== 'users_email_key') throw error
    throw new AppError('invalid', 'This address has an account already.', {
      fields: [{ pointer: '/email', detail: 'This address has an account already. Log in instead.' }],
    })
  }
  return id
}

/** @returns the id of the user with this address and password, or null: which of them was wrong is not told. */
export async function verifyLogin({ email, password }: Login): Promise<string | null> {
  const user = await db().user.findUnique({ where: { email }, select: { id: true, passwordHash: true } })
  return (await passwordMatches(password, user?.passwordHash ?? null)) && user ? user.id : null
}

/** Renames the viewer; what names them as the author of what is public is made anew. */
export async function changeName(viewer: Viewer, name: string): Promise<void> {
  await transaction(async (query) => {
    await query(sql`UPDATE users SET name = ${name} WHERE id = ${viewer.userId}`)
    await renewPublicStamp(query, viewer.userId)
  })
}

/**
 * Changes the password and ends every session of the account: whoever knew the old one is out.
 *
 * @throws AppError `invalid` if the current password is not right.
 */
export async function changePassword(viewer: Viewer, input: PasswordChange): Promise<void> {
  const user = await db().user.findUniqueOrThrow({ where: { id: viewer.userId } })
  if (!(await passwordMatches(input.currentPassword, user.passwordHash))) {
    throw new AppError('invalid', 'The current password is not right.', {
      fields: [{ pointer: '/currentPassword', detail: 'This is not your current password.' }],
    })
  }
  const passwordHash = await hashPassword(input.newPassword)
  await db().$transaction([
    db().user.update({ where: { id: viewer.userId }, data: { passwordHash } }),
    db().session.deleteMany({ where: { userId: viewer.userId } }),
  ])
}
