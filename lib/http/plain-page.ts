import { NextResponse } from 'next/server'

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
<body style="font: 1.125rem/1.6 Georgia, serif; max-width: 34rem; margin: 15vh auto; padding: 0 1.5rem">
<h1>${title}</h1>
${body}
</body></html>
`,
    { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } },
  )
}
