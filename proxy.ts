import { type NextRequest, NextResponse } from 'next/server'
import { CONTENT_SECURITY_POLICY, pagePolicy } from '@/lib/http/content-security-policy'
import { publicPage } from '@/lib/http/public-pages'
import { isTooLarge, refuseCrossSite, refuseTooLarge } from '@/lib/http/refused-forms'
import { giveBackGone, rescueForm } from '@/lib/http/rescued-forms'
import { isSameOrigin } from '@/lib/http/same-origin'
import { newId } from '@/lib/ids'

/** What pages need before Next.js sees the request. API and pictures are not among them: they have a pipeline. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const safe = request.method === 'GET' || request.method === 'HEAD'
  if (!safe && !isSameOrigin(request.headers)) return refuseCrossSite()
  if (!safe && (await isTooLarge(request))) return refuseTooLarge(request)
  if (!safe && request.nextUrl.pathname === '/not-found') return showNotFound(request)
  const rescued = await rescueForm(request)
  if (rescued) return rescued
  const policy = pagePolicy(request.nextUrl.pathname)
  const answer = attemptInAddress(request) ?? (await publicPage(request)) ?? goOn(request, policy)
  if (!answer.headers.has(CONTENT_SECURITY_POLICY)) answer.headers.set(CONTENT_SECURITY_POLICY, policy)
  return answer
}

/** Nor is the file of an import: it may be larger than what Next.js keeps of a body for us here. */
export const config = { matcher: '/((?!api(?:/|$)|_next/|uploads/|dashboard/transfer/file$).*)' }

/** On to the page. From the policy in the request's headers Next.js takes the nonce for its scripts. */
function goOn(request: NextRequest, policy: string): NextResponse {
  const headers = new Headers(request.headers)
  headers.set(CONTENT_SECURITY_POLICY, policy)
  return NextResponse.next({ request: { headers } })
}

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
 * No action is known here: what is to be seen is the page, or what was typed.
 */
async function showNotFound(request: NextRequest): Promise<NextResponse> {
  return (await giveBackGone(request)) ?? NextResponse.redirect(new URL('/not-found', request.url), 303)
}
