import { Readable } from 'node:stream'
import { requestedRange } from '@/lib/http/byte-range'
import { isFresh } from '@/lib/http/etag'
import { takesByName } from '@/lib/http/negotiate'
import { FASTER_FORMATS, type FasterFormat, type ServedPicture } from '@/lib/services/uploads'

/**
 * A picture as browsers and caches want it: for ever, in whole or in part, and as nothing but the picture that it is,
 * also where it is opened by itself.
 */
export async function pictureReply(request: Request, picture: ServedPicture) {
  const headers = {
    ETag: picture.tag,
    'Cache-Control': picture.standsIn ? 'no-store' : 'public, max-age=31536000, immutable',
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(picture.varies ? { Vary: 'Accept' } : {}),
  }
  if (isFresh(request, picture.tag)) return { status: 304, headers } as const
  const type = picture.mime
  const shown = {
    ...headers,
    'Content-Disposition': `inline; filename*=UTF-8''${rfc8187(picture.filename)}`,
  }
  // Of a HEAD, a part can't be asked for (RFC 9110, section 14.2).
  if (request.method === 'HEAD')
    return { status: 200, type, length: picture.bytes, stream: new Blob().stream(), headers: shown } as const
  const range = requestedRange(request.headers, picture.bytes, picture.tag)
  if (range === 'unsatisfiable') {
    const unsatisfiable = { 'Content-Range': `bytes */${picture.bytes}`, 'Cache-Control': 'no-store' }
    return { status: 416, headers: { ...headers, ...unsatisfiable } } as const
  }
  const content = await picture.read(range ?? undefined)
  const stream = Readable.toWeb(content) as ReadableStream<Uint8Array>
  if (!range) return { status: 200, type, length: picture.bytes, stream, headers: shown } as const
  const part = { 'Content-Range': `bytes ${range.start}-${range.end}/${picture.bytes}` }
  const length = range.end - range.start + 1
  return { status: 206, type, length, stream, headers: { ...shown, ...part } } as const
}

/** Those that the caller takes by name: programs that say that they take everything may not be able to show them. */
export function fasterFormats(request: Request): FasterFormat[] {
  return FASTER_FORMATS.filter((type) => takesByName(request, type))
}

/** RFC 8187, section 3.2.1: fewer characters stand for themselves there than in an address. */
function rfc8187(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
