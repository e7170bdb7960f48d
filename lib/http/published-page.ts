import { type NextRequest, NextResponse } from 'next/server'
import { plainPage } from '@/lib/http/plain-page'
import { log } from '@/lib/log'
import { publishedVersion } from '@/lib/services/posts/read'

/**
 * Sends a view of a post on to the page of its version, which is made once and never changes: so a save is seen at once
 * on every instance, and no page that was being made while the post was saved is kept in its place. A post that is not,
 * or no longer, public is not found at once, whatever is cached.
 *
 * Asked here and not in the page also because Next.js leaves the body of a page that calls `notFound()` to JavaScript
 * (vercel/next.js#62228).
 *
 * @returns null for any other path.
 */
export async function publishedPage(request: NextRequest): Promise<NextResponse | null> {
  const { pathname } = request.nextUrl
  // The versions have no addresses of their own.
  if (/^\/posts\/[^/]+\/at\//.test(pathname)) return rewriteTo('/not-found', request)
  const slug = /^\/posts\/([^/]+)\/?$/.exec(pathname)?.[1]
  if (!slug) return null
  const version = await versionOf(slug)
  if (version === 'unknown') return unavailable()
  return rewriteTo(version === null ? '/not-found' : `/posts/${slug}/at/${version}`, request)
}

function rewriteTo(pathname: string, request: NextRequest): NextResponse {
  const url = request.nextUrl.clone()
  url.pathname = pathname
  return NextResponse.rewrite(url)
}

/** The versions last seen, the latest last: while the database is away, what has been read can be read again. */
const seen = new Map<string, number>()
const SEEN_MAX = 1_000

async function versionOf(slug: string): Promise<number | null | 'unknown'> {
  try {
    const version = await publishedVersion(slug)
    seen.delete(slug)
    if (version !== null) seen.set(slug, version)
    const [oldest] = seen.keys()
    if (seen.size > SEEN_MAX && oldest) seen.delete(oldest)
    return version
  } catch (err) {
    log().warn({ err }, 'could not ask which version of a post is public')
    return seen.get(slug) ?? 'unknown'
  }
}

function unavailable(): NextResponse {
  const body = '<p>Inkwell can’t reach its database. Please try again in a moment.</p>'
  return plainPage(503, 'This post can’t be shown just now', body, { 'Retry-After': '10' })
}
