import { GUARD_TYPED } from './typed-early'

/** Keeps what is typed and selected while a page is still being loaded; before everything that can be typed into. */
export function GuardTyped({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it is a constant of ours
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: GUARD_TYPED }} />
}
