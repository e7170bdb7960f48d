import { type NextRequest, NextResponse } from 'next/server'
import { isSameOrigin } from '@/lib/http/same-origin'

/**
 * A form sent from another site gets a readable 403 here, before Next.js answers it with a bare 500 or, if
 * the browser said nothing of where it comes from, lets it pass. The API has its own check, with its own
 * answer, in lib/http/steps.
 */
export function proxy(request: NextRequest): NextResponse {
  const safe = request.method === 'GET' || request.method === 'HEAD'
  if (safe || isSameOrigin(request.headers)) return NextResponse.next()
  return new NextResponse(REFUSAL, { status: 403, headers: { 'Content-Type': 'text/html; charset=utf-8' } })
}

export const config = { matcher: '/((?!api/|_next/).*)' }

const REFUSAL = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Refused · Inkwell</title>
<body style="font: 1.125rem/1.6 Georgia, serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem">
<h1>This form came from another site</h1>
<p>Inkwell takes forms only from its own pages, so that no other site can act in your name. Nothing was changed.</p>
<p>If you sent it from here, your browser hides where it comes from: allow it to send the <code>Origin</code> or
<code>Referer</code> header to this site, go back, and send it again.</p>
</body></html>
`
