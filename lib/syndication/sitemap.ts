import type { PublishedAddress } from '@/lib/services/posts/published'

/** As many addresses as one sitemap may have (sitemaps.org). */
export const SITEMAP_MAX = 50_000

/** A sitemap of these posts, after the pages that are always there. @param origin where this site is. */
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

/** The sitemap of so many sitemaps. */
export function writeSitemapIndex(parts: number, origin: string): string {
  const all = Array.from({ length: parts }, (_, index) => `${origin}/sitemap/${index + 1}`)
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
