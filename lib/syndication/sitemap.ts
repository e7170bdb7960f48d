import { countPublished, publicTags, publishedAddresses } from '@/lib/services/posts'
import type { PublishedAddress } from '@/lib/services/posts/published'

/** As many addresses as one sitemap may have (sitemaps.org). */
const SITEMAP_MAX = 50_000

/** The name of the sitemap without posts, where there is more than one. */
const PAGES_PART = 'pages'

/** All that there is to read: a sitemap, or, where it would be too long, one of the sitemaps. @param origin where this site is. */
export async function writeSitemap(origin: string, max = SITEMAP_MAX): Promise<string> {
  const [total, pages] = await Promise.all([countPublished(), otherPages(max)])
  return total + pages.length > max
    ? indexOf(Math.ceil(total / max), origin)
    : sitemapOf(await publishedAddresses(1, max), pages, origin)
}

/** One of the sitemaps that the one of sitemaps names; null if there is none such. @param part its name. */
export async function writeSitemapPart(
  origin: string,
  part: string,
  max = SITEMAP_MAX,
): Promise<string | null> {
  const posts = /^[1-9]\d{0,4}$/.test(part) ? await publishedAddresses(Number(part), max) : []
  const pages = part === PAGES_PART ? await otherPages(max) : []
  return posts.length + pages.length === 0 ? null : sitemapOf(posts, pages, origin)
}

/** What there is to read besides posts: the pages that are always there, and those of the tags. */
async function otherPages(max: number): Promise<string[]> {
  const always = ['/', '/posts', '/docs/api']
  const tags = await publicTags(max - always.length)
  return [...always, ...tags.map((key) => `/posts/tag/${encodeURIComponent(key)}`)]
}

function sitemapOf(posts: readonly PublishedAddress[], pages: readonly string[], origin: string): string {
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

/**
 * The sitemap of so many sitemaps of posts, and the one of all other pages. They lie beside it, since a sitemap may only
 * name what is in its own folder or below (sitemaps.org, "Sitemap file location").
 */
function indexOf(parts: number, origin: string): string {
  const names = [PAGES_PART, ...Array.from({ length: parts }, (_, index) => String(index + 1))]
  return document(
    'sitemapindex',
    names.map((name) => `<sitemap><loc>${origin}/sitemap-${name}.xml</loc></sitemap>`),
  )
}

function document(name: 'urlset' | 'sitemapindex', lines: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lines.join('\n')}
</${name}>
`
}
