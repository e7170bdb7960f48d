import { env } from '@/lib/env'
import { notFound } from '@/lib/errors'
import { pipeline } from '@/lib/http/route'
import { publishedAddresses } from '@/lib/services/posts'
import { otherPages, PAGES_PART, SITEMAP_MAX, writeSitemap } from '@/lib/syndication/sitemap'

/** One of the sitemaps that /sitemap.xml names where there are too many posts for one. */
export const GET = pipeline(
  { access: 'public', produces: [], path: '/sitemap/{part}' },
  async ({ params }) => {
    const part = /^[1-9]\d{0,4}$/.test(params.part) ? Number(params.part) : null
    const posts = part === null ? [] : await publishedAddresses(part, SITEMAP_MAX)
    const pages = params.part === PAGES_PART ? await otherPages() : []
    if (posts.length + pages.length === 0) throw notFound('sitemap')
    return new Response(writeSitemap(posts, pages, env().APP_URL), {
      headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, no-cache' },
    })
  },
)
export const HEAD = GET
