import { LIMITS, type LimitState } from '@/lib/services/rate-limits'

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
