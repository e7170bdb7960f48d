import { db } from '@/lib/db'
import { isId, newId } from '@/lib/ids'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** What the cookie holds. The row decides: deleting it ends the session wherever the cookie lies. */
export type SessionTicket = { sid: string; v: number }

/** How long a session lasts, in days from when it began. */
export const SESSION_DAYS = 30

/** Begins a session of an account. @param userAgent how the browser names itself, of which the first 300 characters are kept. */
export async function startSession(userId: string, userAgent: string): Promise<SessionTicket> {
  const sid = newId()
  // By the database's clock, which is one for all instances, and decides whether it has ended.
  const [row] = await query<{ v: number }>(sql`
    INSERT INTO sessions (id, user_id, user_agent, expires_at)
    VALUES (${sid}, ${userId}, ${userAgent.slice(0, 300)}, now() + ${SESSION_DAYS}::int * interval '1 day')
    RETURNING version AS v`)
  if (!row) throw new Error('starting a session answered no row')
  return { sid, v: row.v }
}

/** @returns who the ticket speaks for, or null if its session has ended or was given a newer ticket. */
export async function findSession(ticket: Partial<SessionTicket>): Promise<Viewer | null> {
  if (!ticket.sid || !isId(ticket.sid) || !ticket.v) return null
  const [row] = await query<Omit<Viewer, 'credential'> & { stale: boolean }>(sql`
    SELECT u.id AS "userId", u.email, u.name, u.role, u.tier, s.last_seen_at < now() - interval '5 minutes' AS stale
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ${ticket.sid} AND s.version = ${ticket.v} AND s.expires_at > now()`)
  if (!row) return null
  const { stale, ...user } = row
  if (stale) await query(sql`UPDATE sessions SET last_seen_at = now() WHERE id = ${ticket.sid}`)
  return { ...user, credential: { kind: 'session', sessionId: ticket.sid } }
}

/** The viewer's sessions that have not ended, the one seen last first. */
export async function listSessions(viewer: Viewer) {
  return query<{ id: string; userAgent: string; createdAt: Date; lastSeenAt: Date }>(sql`
    SELECT id, user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM sessions
    WHERE user_id = ${viewer.userId} AND expires_at > now() ORDER BY last_seen_at DESC`)
}

/** Ends a session, wherever its cookie lies; ending what has ended changes nothing. */
export async function endSession(sessionId: string): Promise<void> {
  await db().session.deleteMany({ where: { id: sessionId } })
}

/** Ends every session of the viewer's, this one too. */
export async function endAllSessions(viewer: Viewer): Promise<void> {
  await db().session.deleteMany({ where: { userId: viewer.userId } })
}
