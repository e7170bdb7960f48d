import { batched } from '@/lib/batched'
import { AppError } from '@/lib/errors'
import type { Visitor } from '@/lib/services/subject'
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
/** Whom a limit counts. An address itself is never kept: it is counted as the visitor there (decision 13). */
type CountedBy<Name extends LimitName> = Name extends 'api' | 'loginAccount' ? string : Visitor

export type LimitState = { name: LimitName; limit: number; remaining: number; resetSeconds: number }

/** What the database answers where a point was taken: all that were in this window, and how long it goes on. */
export type Consumed = { consumed: number; msLeft: number }

/**
 * Takes a point of the subject's, in the window that began with the first one.
 *
 * @throws AppError `rate_limited` when nothing is left.
 */
export async function consume<Name extends LimitName>(
  name: Name,
  subject: CountedBy<Name>,
): Promise<LimitState> {
  return allow(name, await points.load({ name, subject }))
}

type Use = { name: LimitName; subject: string | Visitor }

const points = batched<Use, Consumed>(async (uses) => {
  const keys = uses.map(({ name, subject }) => keyOf(name, subject))
  const durations = uses.map(({ name }) => LIMITS[name].duration)
  const rows = await query<Taken>(
    takingPoints(sql`
      SELECT key, count(*)::int, duration FROM unnest(${keys}::text[], ${durations}::int[]) AS of (key, duration)
      GROUP BY key, duration`),
  )
  const taken = new Map(rows.map((row) => [row.key, row]))
  return inTurn(keys.flatMap((key) => taken.get(key) ?? []))
})

/** A row of `takingPoints`: all that its key has consumed, the points that were just taken among them. */
export type Taken = Consumed & { key: string; subject: string }

/**
 * The part of a statement that takes points, and answers rows of `Taken`.
 *
 * @param uses a query of the keys that points are taken of, how many, and the seconds of a window; each key once.
 */
function takingPoints(uses: Sql): Sql {
  const now = sql`(extract(epoch FROM now()) * 1000)::bigint`
  // In one order, so that two statements that take points of the same keys never wait for each other.
  return sql`
    INSERT INTO rate_limits (key, points, expire)
    SELECT key, points, ${now} + duration * 1000 FROM (${uses}) AS of (key, points, duration) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN rate_limits.expire <= ${now} THEN excluded.points ELSE rate_limits.points + excluded.points END,
      expire = CASE WHEN rate_limits.expire <= ${now} THEN excluded.expire ELSE rate_limits.expire END
    RETURNING key, substr(key, strpos(key, ':') + 1) AS subject, points AS consumed, (expire - ${now})::float8 AS "msLeft"`
}

/** The same for uses of API keys. @param uses a query of their ids, as text, and how often, in one row or more. */
export function takingPointsOfKeys(uses: Sql): Sql {
  return takingPoints(sql`
    SELECT ${keyOf('api', '')} || id, sum(times)::int, ${LIMITS.api.duration}::int
    FROM (${uses}) AS of (id, times) GROUP BY id`)
}

/** For each use, in order, what it found consumed when it was its turn. @param uses the row of each one's key. */
export function inTurn(uses: readonly Taken[]): Consumed[] {
  const coming = new Map<string, number>()
  for (const { key } of uses) coming.set(key, (coming.get(key) ?? 0) + 1)
  return uses.map(({ key, consumed, msLeft }) => {
    const after = (coming.get(key) ?? 0) - 1
    coming.set(key, after)
    return { consumed: consumed - after, msLeft }
  })
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
  throw new RateLimited(state)
}

/** The refusal where nothing is left, with what the limit is. */
export class RateLimited extends AppError {
  constructor(readonly state: LimitState) {
    const wait = inWords(state.resetSeconds)
    super('rate_limited', `Too many requests. Try again in ${wait}.`, { retryAfter: state.resetSeconds })
  }
}

/** Gives a point back, as after a log-in that succeeded. */
export async function giveBack<Name extends LimitName>(name: Name, subject: CountedBy<Name>): Promise<void> {
  await query(
    sql`UPDATE rate_limits SET points = points - 1 WHERE key = ${keyOf(name, subject)} AND points > 0`,
  )
}

function keyOf(name: LimitName, subject: string | Visitor): string {
  return `${name}:${typeof subject === 'string' ? subject : subject.visitor}`
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}
