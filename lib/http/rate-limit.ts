import { AppError } from '@/lib/errors'
import { query, type Sql, sql } from '@/lib/sql'

/**
 * How many points may be consumed in how many seconds. Kept in PostgreSQL and by its clock, so that a limit is one
 * limit however many instances there are, and whatever time they believe in.
 */
export const LIMITS = {
  /** API calls of one user or key. */
  api: { points: 6_000, duration: 60 },
  /** API calls without credentials from one address. */
  anonymous: { points: 1_200, duration: 60 },
  /** Bad credentials from one address: they cost whoever sends them, not the account they name. */
  badCredentials: { points: 120, duration: 60 },
  /** Failed log-ins to one account. */
  loginAccount: { points: 10, duration: 900 },
  /** Failed log-ins from one address. */
  loginAddress: { points: 100, duration: 900 },
  /** New accounts from one address. */
  signup: { points: 300, duration: 3_600 },
} as const

export type LimitName = keyof typeof LIMITS
export type LimitState = { name: LimitName; limit: number; remaining: number; resetSeconds: number }

/** What the database answers where a point was taken: all that were in this window, and how long it goes on. */
export type Consumed = { consumed: number; msLeft: number }

/**
 * Takes a point of the subject's, in the window that began with the first one.
 *
 * @throws AppError `rate_limited` when nothing is left.
 */
export async function consume(name: LimitName, subject: string): Promise<LimitState> {
  const [row] = await query<Consumed>(takingPoint(name, sql`SELECT ${subject}::text`))
  if (!row) throw new Error('consuming answered no row')
  return allow(name, row)
}

/**
 * The same as a part of a statement, which answers `Consumed`.
 *
 * @param subjects a query of one row and column, or of no row where no point is to be taken.
 */
export function takingPoint(name: LimitName, subjects: Sql): Sql {
  const now = sql`(extract(epoch FROM now()) * 1000)::bigint`
  return sql`
    INSERT INTO rate_limits (key, points, expire)
    SELECT ${keyOf(name, '')} || subject, 1, ${now} + ${LIMITS[name].duration * 1000}::int FROM (${subjects}) AS of (subject)
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN rate_limits.expire <= ${now} THEN 1 ELSE rate_limits.points + 1 END,
      expire = CASE WHEN rate_limits.expire <= ${now} THEN excluded.expire ELSE rate_limits.expire END
    RETURNING points AS consumed, (expire - ${now})::float8 AS "msLeft"`
}

/** @throws AppError `rate_limited` where more was consumed than there is. */
export function allow(name: LimitName, { consumed, msLeft }: Consumed): LimitState {
  const { points: limit, duration } = LIMITS[name]
  const state = {
    name,
    limit,
    remaining: Math.max(0, limit - consumed),
    // Of two at once, one may have begun before the window that it waited for: no more than all of it is left.
    resetSeconds: Math.min(duration, Math.max(1, Math.ceil(msLeft / 1000))),
  }
  if (consumed <= limit) return state
  throw new AppError('rate_limited', `Too many requests. Try again in ${inWords(state.resetSeconds)}.`, {
    retryAfter: state.resetSeconds,
    headers: rateLimitHeaders(state),
  })
}

/** Gives a point back, as after a log-in that succeeded. */
export async function giveBack(name: LimitName, subject: string): Promise<void> {
  await query(
    sql`UPDATE rate_limits SET points = points - 1 WHERE key = ${keyOf(name, subject)} AND points > 0`,
  )
}

/** draft-ietf-httpapi-ratelimit-headers-11: lists of structured fields with a quota, a window and what is left. */
export function rateLimitHeaders({
  name,
  limit,
  remaining,
  resetSeconds,
}: LimitState): Record<string, string> {
  return {
    'RateLimit-Policy': `"${name}";q=${limit};w=${LIMITS[name].duration}`,
    RateLimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  }
}

function keyOf(name: LimitName, subject: string): string {
  return `${name}:${subject}`
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}
