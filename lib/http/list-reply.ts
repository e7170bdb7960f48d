import { isFresh, listTag } from '@/lib/http/etag'
import { type AskedList, sealCursor } from '@/lib/http/sealed-cursor'

/**
 * One page of a list, as all lists of the API are answered: with a weak validator, 304 to whoever has it already, and
 * the way to the next page.
 */
export function listReply<List extends { nextCursor: string | null }>(
  request: Request,
  asked: AskedList,
  found: List,
) {
  const json = { ...found, nextCursor: found.nextCursor && sealCursor(asked, found.nextCursor) }
  const headers = {
    ETag: listTag(json),
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie',
    ...(json.nextCursor ? { Link: linkToNext(request, json.nextCursor) } : {}),
  }
  if (isFresh(request, headers.ETag)) return { status: 304, headers } as const
  return { status: 200, json, headers } as const
}

/** The same list from the cursor on. */
function linkToNext(request: Request, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url)
  searchParams.delete('page')
  searchParams.set('cursor', cursor)
  return `<${pathname}?${searchParams}>; rel="next"`
}
