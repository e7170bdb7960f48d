import { isFresh, strongTag } from '@/lib/http/etag'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { openApiDocument } from '@/lib/openapi/document'
import { readDocument } from '@/lib/openapi/operations/service'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readDocument, async ({ request }) => {
    const json = { ...openApiDocument() }
    tag ??= strongTag(json)
    // Asked again each time, but sent only when it has changed, as after an update.
    const headers = { ETag: tag, 'Cache-Control': 'public, no-cache' }
    return isFresh(request, tag) ? { status: 304, headers } : { status: 200, json, headers }
  }),
})

/** The document stays what it is while the server runs. */
let tag: string | undefined
