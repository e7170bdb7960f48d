'use server'

import { redirect } from 'next/navigation'
import { signIn, signOut } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { formAction, publicAction } from '@/lib/http/form-action'
import { localPath } from '@/lib/http/local-path'
import * as schemas from '@/lib/schemas/accounts'
import { changeName, changePassword, createAccount, verifyLogin } from '@/lib/services/accounts'
import { consume, giveBack } from '@/lib/services/rate-limits'
import { endAllSessions } from '@/lib/services/sessions'

export const signup = publicAction(schemas.signup, async (input, { visitor }) => {
  await consume('signup', visitor)
  await signIn(await createAccount(input))
  redirect('/dashboard')
})

export const login = publicAction(schemas.login, async (input, { visitor }) => {
  // Taken before the password is looked at, so that guesses sent all at once count too.
  await consume('loginAddress', visitor)
  await consume('loginAccount', input.email)
  const userId = await verifyLogin(input)
  if (!userId) throw new AppError('unauthenticated', 'Email or password is not right.')
  await Promise.all([giveBack('loginAddress', visitor), giveBack('loginAccount', input.email)])
  await signIn(userId)
  redirect(localPath(input.next))
})

export const logout = formAction(schemas.nothing, async (_, { viewer }) => {
  await signOut(viewer)
  redirect('/')
})

export const saveProfile = formAction(schemas.profile, async ({ name }, { viewer }) => {
  await changeName(viewer, name)
  return { message: 'Your name is saved.', values: { name } }
})

export const savePassword = formAction(schemas.passwordChange, async (input, { viewer }) => {
  await changePassword(viewer, input)
  await signIn(viewer.userId)
  return { message: 'Your password is changed, and every other session has ended.' }
})

export const signOutEverywhere = formAction(schemas.nothing, async (_, { viewer }) => {
  await endAllSessions(viewer)
  await signOut(null)
  redirect('/login')
})
