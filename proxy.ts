import { type NextRequest, NextResponse } from 'next/server'
import { isTooLarge, refuseCrossSite, refuseTooLarge } from '@/lib/http/refused-forms'
import { isSameOrigin } from '@/lib/http/same-origin'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { isPublished } from '@/lib/services/posts/read'

/** What pages need before Next.js sees the request. API and pictures are not among them: they have a pipeline. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const safe = request.method === 'GET' || request.method === 'HEAD'
  if (!safe && !isSameOrigin(request.headers)) return refuseCrossSite()
  if (!safe && (await isTooLarge(request))) return refuseTooLarge(request)
  if (!safe && request.nextUrl.pathname === '/not-found') return showNotFound(request)
  return attemptInAddress(request) ?? (await missingPost(request)) ?? NextResponse.next()
}

export const config = { matcher: '/((?!api(?:/|$)|_next/|uploads/).*)' }

/**
 * The attempt key of the Generate page is part of its address: going back to the page and sending it again is then
 * the same attempt, also where the browser fetches the page anew on the way back.
 */
function attemptInAddress(request: NextRequest): NextResponse | null {
  const { pathname, searchParams } = request.nextUrl
  if (request.method !== 'GET' || pathname !== '/dashboard/generate' || searchParams.has('attempt'))
    return null
  const url = request.nextUrl.clone()
  url.searchParams.set('attempt', newId())
  return NextResponse.redirect(url)
}

/**
 * A form of a page that is not there for its sender by now has been sent on to here, by 307 and so as a form again.
 * No action is known here: what is to be seen is the page.
 */
function showNotFound(request: NextRequest): NextResponse {
  return NextResponse.redirect(new URL('/not-found', request.url), 303)
}

/**
 * The page of a post that is not, or no longer, public. Asked here and not in the page, because Next.js leaves
 * the body of a page that calls `notFound()` to JavaScript (vercel/next.js#62228), and because a post that was
 * unpublished on one instance must be gone from the cache of all of them at once.
 */
async function missingPost(request: NextRequest): Promise<NextResponse | null> {
  const slug = /^\/posts\/([^/]+)\/?$/.exec(request.nextUrl.pathname)?.[1]
  if (!slug) return null
  try {
    if (await isPublished(slug)) return null
  } catch (err) {
    log().warn({ err }, 'could not ask whether a post is public: its page decides')
    return null
  }
  return NextResponse.rewrite(new URL('/not-found', request.url))
}
