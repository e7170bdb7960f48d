import { publicTags } from '@/lib/services/posts'
import type { PublishedAddress } from '@/lib/services/posts/published'

/** As many addresses as one sitemap may have (sitemaps.org). */
export const SITEMAP_MAX = 50_000

/** The name of the sitemap without posts, where there is more than one. */
export const PAGES_PART = 'pages'
const TAGS_MAX = 40_000

/** What there is to read besides posts: the pages that are always there, and those of the tags. */
export async function otherPages(): Promise<string[]> {
  const tags = await publicTags(TAGS_MAX)
  return ['/', '/posts', '/docs/api', ...tags.map((key) => `/posts/tag/${encodeURIComponent(key)}`)]
}

/** A sitemap of these posts, after other pages. @param origin where this site is. */
export function writeSitemap(
  posts: readonly PublishedAddress[],
  pages: readonly string[],
  origin: string,
): string {
  const urls = [
    ...pages.map((path) => `<url><loc>${origin}${path}</loc></url>`),
    ...posts.map(
      ({ slug, updatedAt }) =>
        // What encodeURI leaves as it is, XML has a meaning for only in `&` and `'`, which no slug has.
        `<url><loc>${origin}/posts/${encodeURI(slug)}</loc><lastmod>${updatedAt.toISOString()}</lastmod></url>`,
    ),
  ]
  return document('urlset', urls)
}

/** The sitemap of so many sitemaps of posts, and the one of all other pages. */
export function writeSitemapIndex(parts: number, origin: string): string {
  const names = [PAGES_PART, ...Array.from({ length: parts }, (_, index) => String(index + 1))]
  const all = names.map((name) => `${origin}/sitemap/${name}`)
  return document(
    'sitemapindex',
    all.map((address) => `<sitemap><loc>${address}</loc></sitemap>`),
  )
}

function document(name: 'urlset' | 'sitemapindex', lines: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lines.join('\n')}
</${name}>
`
}
