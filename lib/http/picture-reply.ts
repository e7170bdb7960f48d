import { Readable } from 'node:stream'
import { requestedRange } from '@/lib/http/byte-range'
import { isFresh } from '@/lib/http/etag'
import type { ServedPicture } from '@/lib/services/uploads'

/**
 * A picture as browsers and caches want it: for ever, in whole or in part, and as nothing but the picture that it is,
 * also where it is opened by itself. Without Content-Length, which Next.js takes from every answer of a route.
 */
export async function pictureReply(request: Request, picture: ServedPicture): Promise<Response> {
  const headers = new Headers({
    ETag: picture.tag,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
  if (isFresh(request, picture.tag)) return new Response(null, { status: 304, headers })
  // Of a HEAD, a part can't be asked for (RFC 9110, section 14.2).
  const range = request.method === 'GET' ? requestedRange(request.headers, picture.bytes, picture.tag) : null
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${picture.bytes}`)
    headers.set('Cache-Control', 'no-store')
    return new Response(null, { status: 416, headers })
  }
  headers.set('Content-Type', picture.mime)
  headers.set('Content-Disposition', `inline; filename*=UTF-8''${rfc8187(picture.filename)}`)
  if (range) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${picture.bytes}`)
  const status = range ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const content = await picture.read(range ?? undefined)
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, { status, headers })
}

/** RFC 8187, section 3.2.1: fewer characters stand for themselves there than in an address. */
function rfc8187(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
