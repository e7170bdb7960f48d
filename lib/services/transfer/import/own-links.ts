import { env } from '@/lib/env'
import { pathOn } from '@/lib/services/transfer/convert/own-path'
import type { Addresses } from '@/lib/services/transfer/import/addresses'
import type { Item, Source } from '@/lib/services/transfer/sources/types'

/** What addresses in a text mean on the site that it comes from. */
export type OwnLinks = {
  /** Where the post is found here that an address means; null if it means none that was imported. */
  toPost(address: string): string | null
  /** The whole address of what lies on that site; null for what lies elsewhere, and where nobody knows the site’s address. */
  onSite(address: string): string | null
  /** Whether something lies on that site, and nobody knows where that is. */
  isLost(address: string): boolean
}

/** @param said the address of the site, where somebody has said it: the source may not know it. */
export function ownLinks(
  { site }: Pick<Item, 'site'>,
  source: Source,
  addresses: Addresses,
  said: string | null,
): OwnLinks {
  const known = said ?? site?.address ?? null
  const isHere = known === env().APP_URL
  const pathOf = (address: string): string | null => {
    for (const one of [said, site?.address]) {
      const path = one ? pathOn(address, one) : null
      if (path !== null) return path
    }
    const isRooted = /^\/(?!\/)/.test(address) && (site !== null || said !== null)
    return isRooted ? belowBase(address, known) : null
  }
  return {
    toPost(address) {
      const path = pathOf(address)
      const key = path === null ? null : source.linkKey(path, site ?? { address: said })
      const slug = key === null ? null : addresses.find(key)
      if (path === null || slug === null) return null
      const [plain, fragment] = path.split(/(?=#)/)
      return isHere && plain === `/posts/${slug}` ? address : `/posts/${slug}${fragment ?? ''}`
    },
    onSite(address) {
      const path = pathOf(address)
      if (path === null || known === null) return null
      return isHere || !address.startsWith('/') ? address : known + path
    },
    isLost: (address) => known === null && pathOf(address) !== null,
  }
}

/** A path from the root of a host, as one from the address of a site that lies deeper (`https://example.com/blog`). */
function belowBase(path: string, site: string | null): string {
  const base = site === null ? '' : new URL(site).pathname.replace(/\/+$/, '')
  return base && path.startsWith(`${base}/`) ? path.slice(base.length) : path
}
