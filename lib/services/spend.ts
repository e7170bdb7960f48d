import { env } from '@/lib/env'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { sendOutgoingMail } from '@/lib/services/outgoing-mail'
import { query, sql, transaction } from '@/lib/sql'

/** The shares of the cap, in percent, at which the operator is warned, once a day each. */
const WARNINGS = [100, 80, 50]

/**
 * Makes the day's counter true before it is relied on: the cap may have been set in the middle of a day, after
 * spending that nobody counted.
 *
 * The counter is locked before the day is summed up. Other instances are accepting and closing at the same time,
 * each of which changes row and counter together: under the lock, the sum is of exactly those that the counter has.
 */
export async function recountSpend(): Promise<void> {
  await transaction(async (query) => {
    const today = sql`(now() AT TIME ZONE 'UTC')::date`
    await query(sql`INSERT INTO daily_spend (day, credits) VALUES (${today}, 0) ON CONFLICT DO NOTHING`)
    await query(sql`SELECT FROM daily_spend WHERE day = ${today} FOR UPDATE`)
    await query(sql`
      UPDATE daily_spend SET credits = (SELECT coalesce(sum(spend), 0)::int FROM generations g WHERE g.day = ${today})
      WHERE day = ${today}`)
  })
}

/** Credits spent today by everybody: what was delivered, and what running work may still come to. */
export async function spentToday(): Promise<number> {
  const [row] = await query<{ credits: number }>(sql`
    SELECT coalesce(sum(spend), 0)::int AS credits FROM generations WHERE day = (now() AT TIME ZONE 'UTC')::date`)
  return row?.credits ?? 0
}

/**
 * Tells the operators that a share of the cap is reached, in the log and by mail: once for each share and day, on
 * whichever instance. Whoever claims the share leaves the mail to be sent in the same statement.
 */
export async function warnOfSpend(spent: number, cap: number): Promise<void> {
  const share = WARNINGS.find((percent) => spent * 100 >= cap * percent)
  if (share === undefined) return
  const { subject, body } = warningMail(spent, cap, share)
  const first = await query(sql`
    WITH claimed AS (
      UPDATE daily_spend SET warned = ${share}
      WHERE day = (now() AT TIME ZONE 'UTC')::date AND warned < ${share} RETURNING day
    ), mail AS (
      INSERT INTO outgoing_mails (id, recipients, subject, body)
      SELECT ${newId()}, operators.emails, ${subject}, ${body}
      FROM claimed, (SELECT array_agg(email ORDER BY created_at, id) AS emails FROM users WHERE role = 'operator') operators
      WHERE operators.emails IS NOT NULL
    )
    SELECT day FROM claimed`)
  if (first.length === 0) return
  log().warn({ spent, cap, share }, 'the day’s spend cap is being used up')
  // Not waited for: whoever generates has nothing to do with a mail server that is slow.
  sendOutgoingMail().catch((err: unknown) =>
    log().warn({ err }, 'sending mail failed; it will be tried again'),
  )
}

function warningMail(spent: number, cap: number, share: number): { subject: string; body: string } {
  const { APP_URL } = env()
  const then =
    share === 100
      ? 'Nothing more is generated for anybody until midnight UTC, unless SPEND_CAP_CREDITS_PER_DAY is raised.'
      : 'At 100 % nothing more is generated for anybody until midnight UTC.'
  return {
    // In ASCII, so that it can be read as it is wherever it is looked for.
    subject: `Inkwell: ${share} % of the spend cap of today is used`,
    body: `${spent} of the ${cap} credits that all of ${APP_URL} may spend today (UTC) are spent.\n${then}\n\n${APP_URL}/admin has the details.\n`,
  }
}
