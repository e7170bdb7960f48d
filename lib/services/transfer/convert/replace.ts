import type { Place } from './addresses'

/**
 * Puts other addresses into a text and leaves every other character as it is.
 *
 * @param places of the addresses in it, in their order.
 * @param replace the address to put there, or null for the one that is there.
 */
export function replaceAddresses(
  markdown: string,
  places: readonly Place[],
  replace: (address: string) => string | null,
): string {
  let result = ''
  let done = 0
  for (const { start, end, address, html } of places) {
    const other = replace(address)
    if (other === null) continue
    result += markdown.slice(done, start) + (html ? escapeAttribute(other) : escapeDestination(other))
    done = end
  }
  return result + markdown.slice(done)
}

/** An address as it may stand in Markdown, without what ends it there (CommonMark, 6.3). */
export function escapeDestination(address: string): string {
  return address.replace(
    /[\s<>()\\]/g,
    (char) => `%${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function escapeAttribute(address: string): string {
  return address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
