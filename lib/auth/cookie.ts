import { sealData, unsealData } from 'iron-session'
import { env } from '@/lib/env'
import { sessionSecrets } from '@/lib/secrets'
import { SESSION_DAYS, type SessionTicket } from '@/lib/services/sessions'

/** The name of the session's cookie. */
export const SESSION_COOKIE = 'inkwell_session'

/** The attributes of the session cookie. Lax: other sites' links arrive signed in, their forms do not. */
export function cookieOptions() {
  const secure = env().APP_URL.startsWith('https:')
  return { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: SESSION_DAYS * 86_400 } as const
}

/** Without an end of its own: that would be by this instance's clock, and the row has one by the database's. */
const FOREVER = { ttl: 0 }

/** The ticket as the cookie holds it: sealed with the newest secret, so that nobody reads or changes it. */
export async function sealTicket(ticket: SessionTicket): Promise<string> {
  return sealData(ticket, { password: sessionSecrets()[0] ?? '', ...FOREVER })
}

/** What a cookie says, or null if none of our secrets sealed it. Secrets are tried in turn, so they can rotate. */
export async function openTicket(sealed: string): Promise<SessionTicket | null> {
  for (const password of sessionSecrets()) {
    const ticket = await unsealData<Partial<SessionTicket>>(sealed, { password, ...FOREVER })
    if (typeof ticket.sid === 'string' && typeof ticket.v === 'number')
      return { sid: ticket.sid, v: ticket.v }
  }
  return null
}
