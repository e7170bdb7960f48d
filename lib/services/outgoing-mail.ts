import { log } from '@/lib/log'
import { mailer } from '@/lib/providers/mail'
import { query, sql } from '@/lib/sql'

/** How long the first wait after a failed attempt is, in seconds; each one after it is twice as long, up to an hour. */
const FIRST_WAIT_S = 30
const LONGEST_WAIT_S = 3_600
/** After so many attempts, a day, what it says has become old. */
const ATTEMPTS = 30

type Outgoing = { id: string; recipients: string[]; subject: string; body: string; attempts: number }

/**
 * Sends what is due. Each mail is taken by one instance, which then has until the next attempt is due: a process that
 * dies in between leaves the mail to the others. A mail server that is down is logged, and tried again.
 */
export async function sendOutgoingMail(): Promise<void> {
  for (let mail = await takeOne(); mail; mail = await takeOne()) {
    const { id, recipients: to, subject, body: text, attempts } = mail
    try {
      await mailer().send({ id, to, subject, text })
    } catch (err) {
      const givenUp = attempts >= ATTEMPTS
      log().warn({ err, subject, attempts }, givenUp ? 'a mail was given up' : 'a mail could not be sent yet')
      if (!givenUp) continue
    }
    await query(sql`DELETE FROM outgoing_mails WHERE id = ${id}`)
  }
}

async function takeOne(): Promise<Outgoing | undefined> {
  const wait = sql`least(${FIRST_WAIT_S}::int * 2 ^ attempts, ${LONGEST_WAIT_S}::int)`
  const [mail] = await query<Outgoing>(sql`
    UPDATE outgoing_mails SET attempts = attempts + 1, due_at = now() + ${wait} * interval '1 second'
    WHERE id = (
      SELECT id FROM outgoing_mails WHERE due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, recipients, subject, body, attempts`)
  return mail
}
