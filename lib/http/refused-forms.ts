import { type NextRequest, NextResponse } from 'next/server'
import { BODY_TOO_LARGE, bodyLimits } from '@/lib/body-limits'
import { env } from '@/lib/env'
import { plainPage } from '@/lib/http/plain-page'
import { giveBackTooLarge } from '@/lib/http/rescued-forms'
import { readBeginning } from '@/lib/http/rescued-forms/read-form'
import { ALT_MAX } from '@/lib/schemas/uploads'

/**
 * A form sent from another site gets a readable 403, before Next.js answers it with a bare 500 or, if the
 * browser said nothing of where it comes from, lets it pass.
 */
export function refuseCrossSite(): NextResponse {
  return plainPage(
    403,
    'This form came from another site',
    `<p>Inkwell takes forms only from its own pages, so that no other site can act in your name. Nothing was changed.</p>
<p>If you sent it from here, your browser hides where it comes from: allow it to send the <code>Origin</code> or
<code>Referer</code> header to this site, go back, and send it again.</p>`,
  )
}

/**
 * Whether a form has more bytes than any may have. Browsers say how many it has; of what doesn't, the bytes are counted
 * that Next.js has kept, which are enough to tell.
 */
export async function isTooLarge(request: NextRequest): Promise<boolean> {
  const limit = bodyLimits(env().UPLOAD_MAX_BYTES).body
  const declared = request.headers.get('content-length')
  if (declared !== null) return Number(declared) > limit
  let bytes = 0
  for await (const chunk of request.clone().body ?? []) bytes += chunk.byteLength
  return bytes > limit
}

/**
 * A form over the limit gets an answer that can be read, before Next.js throws at its size and answers with a bare 500.
 * The form comes back with what has been read of it; on the page of the uploads, with the reason at its field.
 */
export async function refuseTooLarge(request: NextRequest): Promise<NextResponse> {
  // Its exact words tell our own JavaScript what happened; Next.js hands over nothing but a text of this very type.
  if (request.headers.has('next-action'))
    return new NextResponse(BODY_TOO_LARGE, { status: 413, headers: { 'Content-Type': 'text/plain' } })
  if (request.nextUrl.pathname === '/dashboard/uploads') return refuseTooLargeFile(request)
  return giveBackTooLarge(request)
}

/** The file is what is too large: what was said of it stands before it in the form, and so has been read. */
async function refuseTooLargeFile(request: NextRequest): Promise<NextResponse> {
  const alt = (await readBeginning(request)).get('alt')
  const page = new URL('/dashboard/uploads?refused=too_large', request.url)
  if (typeof alt === 'string' && alt !== '') page.searchParams.set('alt', alt.slice(0, ALT_MAX))
  return NextResponse.redirect(page, 303)
}
