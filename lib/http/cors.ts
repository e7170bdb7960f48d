import { env } from '@/lib/env'

/** The methods that calls of the API have; what a path has of them, its answers say. */
export const API_METHODS = 'GET, HEAD, POST, PATCH, DELETE, OPTIONS'
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID'
const EXPOSED_HEADERS =
  'Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset, X-Request-Id'

/**
 * The CORS headers of every answer under /api. Any origin may call, with a key; never with credentials, so
 * that the dashboard's cookie is of no use to another site.
 */
export function corsHeaders(
  origin: string | null,
  methods: string,
  allowed = env().CORS_ORIGINS,
): Record<string, string> {
  const any = allowed.includes('*')
  return {
    'Access-Control-Allow-Origin': any
      ? '*'
      : origin && allowed.includes(origin)
        ? origin
        : (allowed[0] ?? 'null'),
    ...(any ? {} : { Vary: 'Origin' }),
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Expose-Headers': EXPOSED_HEADERS,
    'Access-Control-Max-Age': '86400',
  }
}
