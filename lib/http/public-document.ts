import { env } from '@/lib/env'
import { isFresh, strongTag } from '@/lib/http/etag'
import { pipeline } from '@/lib/http/route'
import { listStamp } from '@/lib/services/posts'

/** Those that were made last, by path, each with the stamp of the list that it was made of. */
const made = new Map<string, { tag: string; body: string }>()

/**
 * A document for programs that follows from what is published: made once for each state of that, and kept by whoever
 * has it already, after one look at the stamp.
 *
 * @param type its media type.
 * @param write writes it, for a site at `origin`.
 */
export function publicDocument(type: string, write: (origin: string) => Promise<string>) {
  return pipeline({ access: 'public', produces: [] }, async ({ request }) => {
    const { pathname } = new URL(request.url)
    const origin = env().APP_URL
    // Asked before the document is made: it may be newer than its tag, never older.
    const tag = strongTag([await listStamp(null), pathname, origin])
    const headers = { ETag: tag, 'Cache-Control': 'public, no-cache' }
    if (isFresh(request, tag)) return new Response(null, { status: 304, headers })
    const known = made.get(pathname)
    const body = known?.tag === tag ? known.body : await write(origin)
    made.set(pathname, { tag, body })
    return new Response(body, { headers: { 'Content-Type': `${type}; charset=utf-8`, ...headers } })
  })
}
