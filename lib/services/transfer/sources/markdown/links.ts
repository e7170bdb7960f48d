import type { LinkTarget, Site } from '@/lib/services/transfer/sources/types'

type Fields = Record<string, unknown>

/** What a post is known by that Inkwell exported; null where somebody has taken its id away. */
export function inkwellId({ id }: Fields): string | null {
  return typeof id === 'string' ? `inkwell:${id}` : null
}

/** A post of an export of Inkwell, by its front matter. */
export function inkwellTarget(fields: Fields, site: Site): LinkTarget[] {
  const { slug, formerSlugs } = fields
  const sourceId = inkwellId(fields)
  if (sourceId === null || typeof slug !== 'string') return []
  const former = Array.isArray(formerSlugs) ? formerSlugs : []
  const keys = [slug, ...former].map((one) => inkwellLinkKey(`/posts/${one}`, site))
  return [{ sourceId, name: slug, keys: keys.filter((key) => key !== null) }]
}

export function inkwellLinkKey(path: string, { address }: Site): string | null {
  const [, slug] = /^\/posts\/([^/?#]+)\/?(?:[?#]|$)/.exec(path) ?? []
  return slug === undefined ? null : `inkwell:${address ?? ''}/${slug}`
}
