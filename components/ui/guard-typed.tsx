import { headers } from 'next/headers'
import { CONTENT_SECURITY_POLICY, nonceIn } from '@/lib/http/content-security-policy'
import { GUARD_TYPED } from './typed-early'

/** Keeps what is typed and selected while a page is still being loaded; before everything that can be typed into. */
export async function GuardTyped() {
  const nonce = nonceIn((await headers()).get(CONTENT_SECURITY_POLICY))
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is a constant of ours
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: GUARD_TYPED }} />
}
