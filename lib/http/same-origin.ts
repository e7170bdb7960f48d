import { env } from '@/lib/env'

/**
 * Whether a request comes from this site's own pages, as far as its browser says: `Sec-Fetch-Site` (W3C
 * Fetch Metadata), else `Origin` (RFC 6454), else `Referer` for browsers that send neither. Saying nothing,
 * or `null`, counts as foreign.
 *
 * `none` is what a browser sends when its user, not a page, made the request; no page can bring that about.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const source = headers.get('origin') ?? headers.get('referer')
  if (!source || !URL.canParse(source)) return false
  const { origin, host } = new URL(source)
  // The address in use may differ from the configured one (127.0.0.1 for localhost); a page can forge neither.
  return origin === new URL(env().APP_URL).origin || (host !== '' && host === headers.get('host'))
}
