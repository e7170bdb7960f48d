import type { NextRequest } from 'next/server'
import { isFresh, listTag } from '@/lib/http/etag'
import { type AskedList, sealCursor } from '@/lib/http/sealed-cursor'

/**
 * One page of a list, as all lists of the API are answered: with a weak validator, 304 to whoever has it already, and
 * the way to the next page.
 *
 * @param tag what the list is known by, where that is not what it says.
 */
export function listReply<List extends { nextCursor: string | null }>(
  request: NextRequest,
  asked: AskedList,
  found: List,
  tag?: string,
) {
  const json = { ...found, nextCursor: found.nextCursor && sealCursor(asked, found.nextCursor) }
  const known = tag ?? listTag(json)
  const headers = {
    ...headersOf(known),
    ...(json.nextCursor ? { Link: linkToNext(request, json.nextCursor) } : {}),
  }
  if (isFresh(request, known)) return { status: 304, headers } as const
  return { status: 200, json, headers } as const
}

/** The answer to whoever has a list of this tag, before it is looked for; null for everybody else. */
export function knownReply(request: Request, tag: string) {
  return isFresh(request, tag) ? ({ status: 304, headers: headersOf(tag) } as const) : null
}

function headersOf(tag: string) {
  return { ETag: tag, 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Cookie' }
}

/** The same list from the cursor on. */
function linkToNext(request: NextRequest, cursor: string): string {
  const { pathname, searchParams } = request.nextUrl
  const next = new URLSearchParams(searchParams)
  next.delete('page')
  next.set('cursor', cursor)
  return `<${pathname}?${next}>; rel="next"`
}
