import { randomBytes } from 'node:crypto'
import { isReadingPage } from './reading-pages'

export const CONTENT_SECURITY_POLICY = 'Content-Security-Policy'

/**
 * For what is no page: data and pictures. Whoever opens one as a page gets one that can’t do anything.
 */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

/**
 * What a page may load and run. Pictures in posts may come from anywhere; everything else is ours.
 *
 * Pages for reading run nothing. All others run the scripts that bear the nonce and what those load, where Next.js puts
 * the nonce when it finds the policy in the headers of the request.
 */
export function pagePolicy(pathname: string): string {
  // Data has a name with an extension; pages don't.
  if (/\.[a-z]+$/.test(pathname)) return DATA_POLICY
  const nonce = `'nonce-${randomBytes(16).toString('base64')}'`
  return [
    "default-src 'self'",
    isReadingPage(pathname) ? "script-src 'none'" : scripts(nonce),
    `style-src 'self'${isReadingPage(pathname) ? '' : ` ${nonce}`}`,
    "img-src 'self' blob: data: https: http:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The nonce in a policy, for a script of our own; nothing if it has none. */
export function nonceIn(policy: string | null): string | undefined {
  return /'nonce-([^']+)'/.exec(policy ?? '')?.[1]
}

function scripts(nonce: string): string {
  // In development React makes functions of text, to tell where an error on the server came from.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return `script-src 'self' ${nonce} 'strict-dynamic'${development}`
}
