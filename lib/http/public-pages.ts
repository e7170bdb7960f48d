import { type NextRequest, NextResponse } from 'next/server'
import { plainPage } from '@/lib/http/plain-page'
import { log } from '@/lib/log'
import { movedTo, publishedVersion } from '@/lib/services/posts/read'
import { listStamp } from '@/lib/services/posts/stamp'
import { isPublicTag } from '@/lib/services/posts/tagged'

/**
 * Sends a view of a public page on to the page of what is public now: of a post, that of its version; of a list, that
 * of its stamp. Those are made once and never change. So what was saved is seen at once on every instance, and no page
 * that was being made meanwhile is kept in its place; a post that is not, or no longer, public is not found at once.
 * What is searched for is looked up at each view.
 *
 * Asked here and not in the page also because Next.js leaves the body of a page that calls `notFound()` to JavaScript
 * (vercel/next.js#62228).
 *
 * @returns null for any other path.
 */
export async function publicPage(request: NextRequest): Promise<NextResponse | null> {
  const { pathname, searchParams } = request.nextUrl
  const [, section, ...path] = pathname.replace(/\/$/, '').split('/')
  if (section !== 'posts') return null
  const [first, second, third, fourth] = path
  // What a page is sent on to has no address of its own.
  if (path.length === 0)
    return searchParams.get('q')?.trim() ? rewriteTo('/posts/search', request) : pageOfList('1', request)
  if (path.length === 1 && first) return pageOfPost(first, request)
  if (path.length === 2 && first === 'page' && second) return pageOfList(second, request)
  if (path.length === 2 && first === 'tag' && second) return pageOfTag(second, '1', request)
  if (path.length === 4 && first === 'tag' && second && third === 'page' && fourth)
    return pageOfTag(second, fourth, request)
  return rewriteTo('/not-found', request)
}

async function pageOfPost(slug: string, request: NextRequest): Promise<NextResponse> {
  const version = await asked(`post ${slug}`, () => publishedVersion(slug))
  if (version === undefined) return unavailable()
  if (version !== null) return rewriteTo(`/posts/${slug}/at/${version}`, request)
  const present = await asked(`moved ${slug}`, () => movedTo(decoded(slug)))
  return present ? redirectTo(`/posts/${present}`, request) : rewriteTo('/not-found', request)
}

async function pageOfList(page: string, request: NextRequest): Promise<NextResponse> {
  const stamp = await asked('list', () => listStamp(null))
  return stamp ? rewriteTo(`/posts/page/${page}/at/${stamp}`, request) : unavailable()
}

async function pageOfTag(key: string, page: string, request: NextRequest): Promise<NextResponse> {
  const stamp = await asked('list', () => listStamp(null))
  const known = await asked(`tag ${key}`, () => isPublicTag(decoded(key)))
  if (!stamp || known === undefined) return unavailable()
  return rewriteTo(known ? `/posts/tag/${key}/page/${page}/at/${stamp}` : '/not-found', request)
}

/** A segment of a path as it is stored, without the one character that the database can’t be asked for. */
function decoded(segment: string): string {
  return decodeURIComponent(segment).replaceAll('\0', '')
}

function rewriteTo(pathname: string, request: NextRequest): NextResponse {
  const url = request.nextUrl.clone()
  url.pathname = pathname
  return NextResponse.rewrite(url)
}

/** For good, but not to be remembered: an address that was changed may be changed back. */
function redirectTo(pathname: string, request: NextRequest): NextResponse {
  const url = request.nextUrl.clone()
  url.pathname = pathname
  return NextResponse.redirect(url, { status: 308, headers: { 'Cache-Control': 'no-cache' } })
}

/** What was answered last, the latest last: while the database is away, what has been read can be read again. */
const answers = new Map<string, unknown>()
const ANSWERS_MAX = 1_000

/** @returns what was answered last where nothing is answered now, or undefined if nothing ever was. */
async function asked<Value>(what: string, ask: () => Promise<Value>): Promise<Value | undefined> {
  try {
    const answer = await ask()
    answers.delete(what)
    answers.set(what, answer)
    const [oldest] = answers.keys()
    if (answers.size > ANSWERS_MAX && oldest) answers.delete(oldest)
    return answer
  } catch (err) {
    log().warn({ err }, 'could not ask what is public')
    return answers.get(what) as Value | undefined
  }
}

function unavailable(): NextResponse {
  const body = '<p>Inkwell can’t reach its database. Please try again in a moment.</p>'
  return plainPage(503, 'This page can’t be shown just now', body, { 'Retry-After': '10' })
}
