import { CONTENT_SECURITY_POLICY, DATA_POLICY } from './content-security-policy'

type Header = { key: string; value: string }

/** Sent with every answer. Referrers stay on this site, and are sent to it: text browsers prove by them where a form comes from. */
export const SECURITY_HEADERS: readonly Header[] = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

/** Sent with what is no page, beside those. */
export const DATA_HEADERS: readonly Header[] = [{ key: CONTENT_SECURITY_POLICY, value: DATA_POLICY }]
