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

/** The colours and the measure of the site, without its files. */
const STYLE = `:root { color-scheme: light dark; --ground: light-dark(#f5f1e6, #161b1d); --leaf: light-dark(#fefbf4, #1d2426);
  --ink: light-dark(#1b1a14, #f0ebde); --line: light-dark(#7d7a63, #6b7a7d); --accent: light-dark(#14495b, #8fc7d6) }
* { box-sizing: border-box }
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem;
  background: var(--ground); color: var(--ink) }
h1 { font: 400 2rem/1.2 Georgia, serif }
a { color: var(--accent) }
label { display: block; margin-bottom: .25rem }
input, textarea { width: 100%; font: inherit; padding: .5rem .75rem; color: inherit; background: var(--leaf);
  border: 1px solid var(--line); border-radius: 3px }
button { font: inherit; padding: .6rem 1.25rem; border: 0; border-radius: 3px; background: var(--accent); color: var(--ground) }`
const HASH = createHash('sha256').update(STYLE).digest('base64')
const POLICY = `default-src 'none'; img-src 'self'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
