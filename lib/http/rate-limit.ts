import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { pool } from '@/lib/db'
import { AppError } from '@/lib/errors'

/**
 * How many points may be consumed in how many seconds. Kept in PostgreSQL, so that a limit is one limit
 * however many instances there are.
 */
const LIMITS = {
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

/** @throws AppError `rate_limited` when nothing is left. */
export async function consume(name: LimitName, subject: string): Promise<LimitState> {
  try {
    return state(name, await limiter(name).consume(subject))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const { resetSeconds } = state(name, refused)
    throw new AppError('rate_limited', `Too many requests. Try again in ${inWords(resetSeconds)}.`, {
      retryAfter: resetSeconds,
      headers: rateLimitHeaders(state(name, refused)),
    })
  }
}

/** Gives a point back, as after a log-in that succeeded. */
export async function giveBack(name: LimitName, subject: string): Promise<void> {
  await limiter(name).reward(subject)
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

const limiters = new Map<LimitName, RateLimiterPostgres>()

function limiter(name: LimitName): RateLimiterPostgres {
  let it = limiters.get(name)
  if (!it) {
    const options = { tableName: 'rate_limits', tableCreated: true, clearExpiredByTimeout: false }
    it = new RateLimiterPostgres({ storeClient: pool(), keyPrefix: name, ...LIMITS[name], ...options })
    limiters.set(name, it)
  }
  return it
}

function state(name: LimitName, { remainingPoints, msBeforeNext }: RateLimiterRes): LimitState {
  const limit = LIMITS[name].points
  return {
    name,
    limit,
    remaining: Math.max(0, remainingPoints),
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  }
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}
