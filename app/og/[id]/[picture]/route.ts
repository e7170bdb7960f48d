import { Readable } from 'node:stream'
import { LRUCache } from 'lru-cache'
import { notFound } from '@/lib/errors'
import { pipeline } from '@/lib/http/route'
import { type CardText, drawCard } from '@/lib/providers/images/card'
import { readCard } from '@/lib/services/posts'
import { sharedPicture } from '@/lib/services/uploads'
import { cardAddress } from '@/lib/syndication/card'

/** The picture that stands for a post where others link to it, at the address that follows from what it is made of. */
export const GET = pipeline(
  { access: 'public', produces: [], path: '/og/{id}/{picture}' },
  async ({ params }) => {
    const card = await readCard(params.id)
    if (!card) throw notFound('picture')
    const address = cardAddress({ id: params.id, ...card })
    // Whoever has an old address is shown what is true now.
    if (!address.endsWith(`/${params.picture}`))
      return new Response(null, { status: 307, headers: { Location: address, 'Cache-Control': 'no-cache' } })
    const { title, author, cover } = card
    return cover
      ? picture('image/jpeg', Readable.toWeb(await sharedPicture(cover.id)) as ReadableStream<Uint8Array>)
      : picture('image/png', new Uint8Array(await drawn.forceFetch(address, { context: { title, author } })))
  },
)
export const HEAD = GET

function picture(type: string, body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    headers: { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' },
  })
}

/** Those that were drawn last. Sizes in bytes. */
const drawn = new LRUCache<string, Buffer, CardText>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: ({ length }) => length,
  // Whoever waits for one that has no room any more is answered nevertheless.
  ignoreFetchAbort: true,
  fetchMethod: (_key, _old, { context }) => drawCard(context),
})
