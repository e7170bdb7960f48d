import type { NextRequest } from 'next/server'
import { openTicket, SESSION_COOKIE } from '@/lib/auth/cookie'
import { AppError } from '@/lib/errors'
import { findApiKey } from '@/lib/services/api-keys'
import { findSession } from '@/lib/services/sessions'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Who sends this API request: by key if it carries `Authorization`, else by the dashboard's cookie.
 *
 * @returns null for a request with no credentials at all.
 * @throws AppError `unauthenticated` for credentials that are not good: they are never taken for none.
 */
export async function authenticate(request: NextRequest): Promise<Viewer | null> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
    return (
      (key && (await findApiKey(key))) ||
      refuse('This API key is not valid: it is misspelt, revoked or expired.')
    )
  }
  const sealed = request.cookies.get(SESSION_COOKIE)?.value
  if (!sealed) return null
  const ticket = await openTicket(sealed)
  return (ticket && (await findSession(ticket))) || refuse('Your session has ended. Log in again.')
}

export function refuse(message: string): never {
  throw new AppError('unauthenticated', message, { headers: { 'WWW-Authenticate': 'Bearer' } })
}
