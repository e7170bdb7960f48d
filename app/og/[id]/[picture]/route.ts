import { LRUCache } from 'lru-cache'
import { notFound } from '@/lib/errors'
import { pipeline } from '@/lib/http/route'
import { drawCard } from '@/lib/providers/images/card'
import { readCardText } from '@/lib/services/posts'
import { type Card, cardAddress } from '@/lib/syndication/card'

/** The picture that stands for a post where others link to it, at the address that follows from what it says. */
export const GET = pipeline(
  { access: 'public', produces: [], path: '/og/{id}/{picture}' },
  async ({ params }) => {
    const text = await readCardText(params.id)
    if (!text) throw notFound('picture')
    const address = cardAddress({ id: params.id, ...text })
    // Whoever has an old address is shown what is true now.
    if (!address.endsWith(`/${params.picture}`))
      return new Response(null, { status: 307, headers: { Location: address, 'Cache-Control': 'no-cache' } })
    const picture = await drawn.forceFetch(address, { context: text })
    return new Response(new Uint8Array(picture), {
      headers: { 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=31536000, immutable' },
    })
  },
)
export const HEAD = GET

/** Those that were asked for last. Sizes in bytes. */
const drawn = new LRUCache<string, Buffer, Card>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: ({ length }) => length,
  // Whoever waits for one that has no room any more is answered nevertheless.
  ignoreFetchAbort: true,
  fetchMethod: (_key, _old, { context }) => drawCard(context),
})
