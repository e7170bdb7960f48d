import { createHash } from 'node:crypto'
import { NextResponse } from 'next/server'
import { CONTENT_SECURITY_POLICY } from '@/lib/http/content-security-policy'

/** A page that needs nothing else to be seen, for what is answered before Next.js. @param body in HTML. */
export function plainPage(
  status: number,
  title: string,
  body: string,
  headers: Record<string, string> = {},
): NextResponse {
  return new NextResponse(
    `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · Inkwell</title><link rel="icon" href="/icon.svg">
<style>${STYLE}</style>
<body>
<h1>${title}</h1>
${body}
</body></html>
`,
    {
      status,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        [CONTENT_SECURITY_POLICY]: POLICY,
        ...headers,
      },
    },
  )
}

const STYLE =
  'body { font: 1.125rem/1.6 Georgia, serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem }'
const HASH = createHash('sha256').update(STYLE).digest('base64')
const POLICY = `default-src 'none'; img-src 'self'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
