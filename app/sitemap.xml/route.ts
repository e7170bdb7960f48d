import { publicDocument } from '@/lib/http/public-document'
import { writeSitemap } from '@/lib/syndication/sitemap'

export const GET = publicDocument('application/xml', (origin) => writeSitemap(origin))
export const HEAD = GET
/** By an address that the build does not know. */
export const dynamic = 'force-dynamic'
