import type { NextRequest } from 'next/server'
import { openTicket, SESSION_COOKIE } from '@/lib/auth/cookie'
import { batched } from '@/lib/batched'
import { AppError } from '@/lib/errors'
import { findApiKeys } from '@/lib/services/api-keys'
import { type Consumed, inTurn, type Taken, takingPointsOfKeys } from '@/lib/services/rate-limits'
import { findSession } from '@/lib/services/sessions'
import type { Viewer } from '@/lib/services/viewer'

/** Who sends a request, and what the limit of API calls has counted for it, if finding out has counted it already. */
type Caller = { viewer: Viewer; consumed: Consumed | null }

/**
 * Who sends this API request: by key if it carries `Authorization`, else by the dashboard's cookie. Keys and the
 * points that their uses cost are one statement, since a round trip to the database is most of what a call costs.
 *
 * @returns null for a request with no credentials at all.
 * @throws AppError `unauthenticated` for credentials that are not good: they are never taken for none.
 */
export async function authenticate(request: NextRequest): Promise<Caller | null> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) return byKey(/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '')
  const sealed = request.cookies.get(SESSION_COOKIE)?.value
  if (!sealed) return null
  const ticket = await openTicket(sealed)
  const viewer = ticket && (await findSession(ticket))
  return viewer ? { viewer, consumed: null } : refuse('Your session has ended. Log in again.')
}

async function byKey(key: string): Promise<Caller> {
  return (await callers.load(key)) ?? refuse('This API key is not valid: it is misspelt, revoked or expired.')
}

const callers = batched<string, Caller | null>(async (keys) => {
  const found = await findApiKeys<Taken>(keys, takingPointsOfKeys)
  const counted = found.flatMap((holder) => holder?.counted ?? [])
  const turns = inTurn(counted)
  return found.map((holder) => holder && { viewer: holder.viewer, consumed: turns.shift() ?? null })
})

/** @throws AppError `unauthenticated`, with the challenge that RFC 9110, 11.6.1, asks for. */
export function refuse(message: string): never {
  throw new AppError('unauthenticated', message, { headers: { 'WWW-Authenticate': 'Bearer' } })
}
