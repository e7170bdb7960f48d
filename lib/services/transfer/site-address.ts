/**
 * The address of a site as it is typed or stands in a file, to put paths behind: without a slash at its end. What names no
 * scheme is taken for `https:`.
 *
 * @returns null for what is no address of a site.
 */
export function siteAddress(text: string): string | null {
  const typed = text.trim()
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  if (typed === '' || typed.length > MAX_LENGTH || !URL.canParse(whole)) return null
  const { protocol, origin, pathname } = new URL(whole)
  const isSite = /^https?:$/.test(protocol) && !/\s/.test(typed)
  return isSite ? origin + pathname.replace(/\/+$/, '') : null
}

const MAX_LENGTH = 500
