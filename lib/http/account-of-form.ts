import { AppError } from '@/lib/errors'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Whether a form was made for somebody else than who is logged in by now, as in another tab: what was typed into it must
 * not become the other’s without a word.
 */
export function isOfSomebodyElse(form: FormData, { userId }: Viewer): boolean {
  const account = form.get('account')
  return typeof account === 'string' && account !== '' && account !== userId
}

/** The refusal of such a form. */
export function otherAccount(): AppError {
  return new AppError(
    'forbidden',
    'This page was opened by another account than the one that is logged in by now. Nothing was changed, and what you typed is still here: in another tab, log out and log in with the account it belongs to, then submit this again.',
  )
}
