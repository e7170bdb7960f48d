import { isFresh, listTag } from '@/lib/http/etag'

/**
 * One page of a list, as all lists of the API are answered: with a weak validator, 304 to whoever has it already, and
 * the way to the next page.
 */
export function listReply(
  request: Request,
  body: { nextCursor: string | null; [member: string]: unknown },
): Response {
  const headers = new Headers({
    ETag: listTag(body),
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie',
  })
  if (body.nextCursor) {
    const { pathname, searchParams } = new URL(request.url)
    searchParams.delete('page')
    searchParams.set('cursor', body.nextCursor)
    headers.set('Link', `<${pathname}?${searchParams}>; rel="next"`)
  }
  if (isFresh(request, listTag(body))) return new Response(null, { status: 304, headers })
  return Response.json(body, { headers })
}
