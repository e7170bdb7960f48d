/**
 * The path, query and fragment of an address on a site, from a slash on; null for one that leads elsewhere. With or
 * without `www.`, and by `http:` or `https:`, it is the same site.
 *
 * @param site its address, such as `https://example.com/blog`.
 */
export function pathOn(address: string, site: string): string | null {
  if (!/^(https?:)?\/\//i.test(address)) return null
  const [it, own] = [comparable(address), comparable(site).replace(/\/+$/, '')]
  if (!own || !it.toLowerCase().startsWith(own.toLowerCase())) return null
  const rest = it.slice(own.length)
  if (rest === '') return '/'
  if (rest.startsWith('/')) return rest
  return /^[?#]/.test(rest) ? `/${rest}` : null
}

function comparable(address: string): string {
  return address.replace(/^(https?:)?\/\/(www\.)?/i, '')
}
