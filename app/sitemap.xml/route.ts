import { publicDocument } from '@/lib/http/public-document'
import { writeSitemap } from '@/lib/syndication/sitemap'

export const GET = publicDocument('application/xml', (origin) => writeSitemap(origin))
export const HEAD = GET
