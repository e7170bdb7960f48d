import { env } from '@/lib/env'
import { pipeline } from '@/lib/http/route'

/** Robots may read what is public, and have no business with what is not. */
export const GET = pipeline(
  { access: 'public', produces: [] },
  async () =>
    new Response(
      [
        'User-agent: *',
        'Disallow: /admin',
        'Disallow: /api/',
        'Disallow: /dashboard',
        `\nSitemap: ${env().APP_URL}/sitemap.xml\n`,
      ].join('\n'),
      { headers: { 'Content-Type': 'text/plain; charset=utf-8' } },
    ),
)
export const HEAD = GET
/** By an address that the build does not know. */
export const dynamic = 'force-dynamic'
