import { pathOn } from '@/lib/services/transfer/convert/own-path'
import type { Site } from '@/lib/services/transfer/sources/types'
import { formerSlugsOf } from '@/lib/services/transfer/sources/wordpress/item'
import { childText, type XmlElement } from '@/lib/services/transfer/sources/wordpress/xml'

/** What links to a post are known by: its permalink, and what that was under its former slugs. */
export function wordPressLinkKeys(element: XmlElement, site: string | null): string[] {
  const path = site && pathOn(childText(element, 'link').trim(), site)
  if (!path) return []
  const former = formerSlugsOf(element).map((slug) => path.replace(/[^/?#]+(?=\/?$)/, slug))
  return [path, ...former].flatMap((one) => wordPressLinkKey(one, { address: site }) ?? [])
}

/** By its path, or by the number of the post (`?p=12`), which is the id that it is known by anyway. */
export function wordPressLinkKey(path: string, { address }: Site): string | null {
  if (!URL.canParse(path, 'http://site.invalid')) return null
  const { pathname, searchParams } = new URL(path, 'http://site.invalid')
  const number = searchParams.get('p') ?? searchParams.get('page_id')
  if (number) return `wordpress:${address ?? ''}:${number}`
  const trimmed = decoded(pathname).replace(/\/+$/, '').toLowerCase()
  return trimmed ? `wordpress:${address ?? ''}${trimmed}` : null
}

function decoded(pathname: string): string {
  try {
    return decodeURI(pathname)
  } catch {
    return pathname
  }
}
