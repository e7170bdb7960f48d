import { publicDocument } from '@/lib/http/public-document'
import { countPublished, publishedAddresses } from '@/lib/services/posts'
import { otherPages, SITEMAP_MAX, writeSitemap, writeSitemapIndex } from '@/lib/syndication/sitemap'

export const GET = publicDocument('application/xml', async (origin) => {
  const [total, pages] = await Promise.all([countPublished(), otherPages()])
  return total + pages.length > SITEMAP_MAX
    ? writeSitemapIndex(Math.ceil(total / SITEMAP_MAX), origin)
    : writeSitemap(await publishedAddresses(1, SITEMAP_MAX), pages, origin)
})
export const HEAD = GET
