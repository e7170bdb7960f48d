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
    return answer.status < 400 ? answer : refusedForm(answer, page)
  }
  return Object.assign(wrapped, { [PIPELINE]: true })
}

async function refusedForm(answer: Response, page: string): Promise<Response> {
  const { code = 'internal' } = (await answer.json().catch(() => ({}))) as { code?: string }
  if (code === 'cross_site') return refuseCrossSite()
  const where =
    code === 'unauthenticated'
      ? `/login?${new URLSearchParams({ next: page })}`
      : `${page}?${new URLSearchParams({ refused: code })}`
  // Relative (RFC 9110, section 10.2.2): of the address that the browser knows, Next.js may know another.
  return new Response(null, { status: 303, headers: { Location: where } })
}
