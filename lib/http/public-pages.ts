import { type NextRequest, NextResponse } from 'next/server'
import { plainPage } from '@/lib/http/plain-page'
import { log } from '@/lib/log'
import { publishedVersion } from '@/lib/services/posts/read'
import { listStamp } from '@/lib/services/posts/stamp'

/**
 * Sends a view of a public page on to the page of what is public now: of a post, that of its version; of the list, that
 * of its stamp. Those are made once and never change. So what was saved is seen at once on every instance, and no page
 * that was being made meanwhile is kept in its place; a post that is not, or no longer, public is not found at once.
 *
 * Asked here and not in the page also because Next.js leaves the body of a page that calls `notFound()` to JavaScript
 * (vercel/next.js#62228).
 *
 * @returns null for any other path.
 */
export async function publicPage(request: NextRequest): Promise<NextResponse | null> {
  const { pathname } = request.nextUrl
  const [, section, first, second, ...more] = pathname.replace(/\/$/, '').split('/')
  if (section !== 'posts') return null
  // What a page is sent on to has no address of its own.
  if (more.length > 0) return rewriteTo('/not-found', request)
  if (first === undefined) return pageOfList('1', request)
  if (first === 'page' && second !== undefined) return pageOfList(second, request)
  return second === undefined ? pageOfPost(first, request) : null
}

async function pageOfPost(slug: string, request: NextRequest): Promise<NextResponse> {
  const version = await asked(`post ${slug}`, () => publishedVersion(slug))
  if (version === undefined) return unavailable()
  return rewriteTo(version === null ? '/not-found' : `/posts/${slug}/at/${version}`, request)
}

async function pageOfList(page: string, request: NextRequest): Promise<NextResponse> {
  const stamp = await asked('list', () => listStamp(null))
  return stamp ? rewriteTo(`/posts/page/${page}/at/${stamp}`, request) : unavailable()
}

function rewriteTo(pathname: string, request: NextRequest): NextResponse {
  const url = request.nextUrl.clone()
  url.pathname = pathname
  return NextResponse.rewrite(url)
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
