import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { cookieOptions, openTicket, SESSION_COOKIE, sealTicket } from '@/lib/auth/cookie'
import { endSession, findSession, startSession } from '@/lib/services/sessions'
import type { Viewer } from '@/lib/services/viewer'

/** Who is looking at this page, or null. Asked as often as needed, answered once a request. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const sealed = (await cookies()).get(SESSION_COOKIE)?.value
  const ticket = sealed ? await openTicket(sealed) : null
  return ticket && findSession(ticket)
})

/** The viewer of a page that needs one; anybody else is sent to log in, and back to `path` afterwards. */
export async function requireViewer(path: string): Promise<Viewer> {
  return (await currentViewer()) ?? redirect(`/login?next=${encodeURIComponent(path)}`)
}

/** Begins a session of an account and puts its cookie into this answer. */
export async function signIn(userId: string): Promise<void> {
  const ticket = await startSession(userId, (await headers()).get('user-agent') ?? '')
  const jar = await cookies()
  jar.set(SESSION_COOKIE, await sealTicket(ticket), cookieOptions())
}

/** Ends the viewer's session, if there is one, and takes its cookie out of this answer. */
export async function signOut(viewer: Viewer | null): Promise<void> {
  if (viewer?.credential.kind === 'session') await endSession(viewer.credential.sessionId)
  const jar = await cookies()
  jar.delete(SESSION_COOKIE)
}
