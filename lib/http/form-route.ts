import type { NextRequest } from 'next/server'
import { NextResponse } from 'next/server'
import { refuseCrossSite } from '@/lib/http/refused-forms'
import { type NextHandler, PIPELINE } from '@/lib/http/route'

/**
 * A route that a form posts to without an action, because its file may be larger than actions take. Whatever refuses the
 * form leads back to the page that it stands on, which says why: `?refused=` and the code of the refusal.
 *
 * @param handler made by the pipeline.
 * @param page the path of that page.
 */
export function formRoute(handler: NextHandler, page: string): NextHandler {
  const wrapped: NextHandler = async (request, context) => {
    const answer = await handler(request, context)
    return answer.status < 400 ? answer : refusedForm(request, answer, page)
  }
  return Object.assign(wrapped, { [PIPELINE]: true })
}

async function refusedForm(request: NextRequest, answer: Response, page: string): Promise<Response> {
  const { code = 'internal' } = (await answer.json().catch(() => ({}))) as { code?: string }
  if (code === 'cross_site') return refuseCrossSite()
  const where = new URL(page, request.nextUrl)
  if (code === 'unauthenticated') {
    const login = new URL('/login', where)
    login.searchParams.set('next', page)
    return NextResponse.redirect(login, 303)
  }
  where.searchParams.set('refused', code)
  return NextResponse.redirect(where, 303)
}
