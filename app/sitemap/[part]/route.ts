import { env } from '@/lib/env'
import { notFound } from '@/lib/errors'
import { pipeline } from '@/lib/http/route'
import { writeSitemapPart } from '@/lib/syndication/sitemap'

/** One of the sitemaps that /sitemap.xml names where there are too many posts for one, there as /sitemap-{part}.xml. */
export const GET = pipeline(
  { access: 'public', produces: [], path: '/sitemap/{part}' },
  async ({ params }) => {
    const sitemap = await writeSitemapPart(env().APP_URL, params.part)
    if (sitemap === null) throw notFound('sitemap')
    return new Response(sitemap, {
      headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, no-cache' },
    })
  },
)
export const HEAD = GET
