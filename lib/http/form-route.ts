import { refuseCrossSite } from '@/lib/http/refused-forms'
import { rescueRouteForm } from '@/lib/http/rescued-forms'
import { lookAtBeginning } from '@/lib/http/rescued-forms/read-form'
import { type NextHandler, PIPELINE } from '@/lib/http/route'
import { isSameOrigin } from '@/lib/http/same-origin'

/** How many characters of an address a text may take that is given back: a request may have 16 KiB before its body. */
const TEXT_MAX = 4_000

/**
 * A route that a form posts to without an action, because its file may be larger than actions take. The texts of the form
 * stand before its file, so that they are known whatever becomes of that, and are given back with every refusal: on a page
 * of their own where the form's page can't show them (see rescueForm), and else on that page, which says why by
 * `?refused=` and the field that is wrong, or the code of the refusal.
 *
 * @param handler made by the pipeline.
 * @param page the path of the form's page.
 * @param texts the names of the fields that somebody types into.
 * @param maxBytes how much is read of a body that was refused, so that its sender gets to read why.
 */
export function formRoute(
  handler: NextHandler,
  page: string,
  texts: readonly string[],
  maxBytes: number,
): NextHandler {
  const wrapped: NextHandler = async (request, context) => {
    // What comes with a key comes from no form.
    if (request.headers.has('authorization'))
      return refusedForm(await handler(request, context), page, texts, [])
    if (!isSameOrigin(request.headers)) return refuseCrossSite()
    const { beginning, whole } = await lookAtBeginning(request)
    try {
      const rescued = await rescueRouteForm(request, beginning, page)
      if (rescued) return rescued
      return await refusedForm(await handler(whole, context), page, texts, typedInto(beginning, texts))
    } finally {
      void throwAway(whole, maxBytes)
    }
  }
  return Object.assign(wrapped, { [PIPELINE]: true })
}

/**
 * Reads a body to its end that nobody has begun with: a browser sends all of it before it reads the answer, and Node.js
 * does this by itself only for bodies of which nothing has been read.
 */
async function throwAway({ body }: Request, maxBytes: number): Promise<void> {
  if (!body || body.locked) return
  let left = maxBytes
  try {
    for await (const piece of body) {
      left -= piece.byteLength
      if (left < 0) return
    }
  } catch {
    // The sender has gone, which is as good.
  }
}

type Typed = [name: string, text: string][]

function typedInto(form: FormData, names: readonly string[]): Typed {
  return names.flatMap((name): Typed => {
    const text = form.get(name)
    return typeof text === 'string' && text !== '' ? [[name, beginningOf(text)]] : []
  })
}

/** As much of it as there is room for in an address. */
function beginningOf(text: string): string {
  const beginning = text.slice(0, TEXT_MAX)
  const { length } = new URLSearchParams([['', beginning]]).toString()
  return length <= TEXT_MAX ? beginning : beginningOf(text.slice(0, Math.floor(beginning.length / 2)))
}

type Problem = { code: string; errors: { pointer: string }[] }

async function refusedForm(
  answer: Response,
  page: string,
  texts: readonly string[],
  typed: Typed,
): Promise<Response> {
  if (answer.status < 400) return answer
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>
  // What is wrong with a text is told at its field.
  const field = problem.errors?.map(({ pointer }) => pointer.slice(1)).find((name) => texts.includes(name))
  const query = new URLSearchParams([['refused', field ?? problem.code ?? 'internal'], ...typed])
  // Relative (RFC 9110, section 10.2.2): of the address that the browser knows, Next.js may know another.
  return new Response(null, { status: 303, headers: { Location: `${page}?${query}` } })
}
