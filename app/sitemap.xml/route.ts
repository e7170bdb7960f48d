import { publicDocument } from '@/lib/http/public-document'
import { countPublished, publishedAddresses } from '@/lib/services/posts'
import { SITEMAP_MAX, writeSitemap, writeSitemapIndex } from '@/lib/syndication/sitemap'

/** The pages that are always there. */
const PAGES = ['/', '/posts', '/docs/api']

export const GET = publicDocument('application/xml', async (origin) => {
  const total = await countPublished()
  return total + PAGES.length > SITEMAP_MAX
    ? writeSitemapIndex(Math.ceil(total / SITEMAP_MAX), origin)
    : writeSitemap(await publishedAddresses(1, SITEMAP_MAX), PAGES, origin)
})
export const HEAD = GET
