import { isFresh, listTag, postTag } from '@/lib/http/etag'
import { resource } from '@/lib/http/resource'
import { revalidatePublic } from '@/lib/http/revalidate'
import { route } from '@/lib/http/route'
import { createPost, listPosts } from '@/lib/openapi/operations/posts'
import * as posts from '@/lib/services/posts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(listPosts, async ({ viewer, query, request }) => {
    const { page, limit } = query
    const { nextCursor, total, ...list } = await posts.listPosts(viewer, query)
    const json = { ...list, page, limit, nextCursor, ...(total === undefined ? {} : { total }) }
    const headers = {
      ETag: listTag(json),
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization, Cookie',
      ...(nextCursor ? { Link: linkToNext(request.nextUrl.searchParams, nextCursor) } : {}),
    }
    return isFresh(request, headers.ETag) ? { status: 304, headers } : { status: 200, json, headers }
  }),

  POST: route(createPost, async ({ viewer, body, attemptKey }) => {
    const json = await posts.createPost(viewer, body, attemptKey)
    revalidatePublic(json)
    return { status: 201, json, headers: { Location: `/api/posts/${json.id}`, ETag: postTag(json) } }
  }),
})

/** The same list from the cursor on. */
function linkToNext(asked: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams(asked)
  next.delete('page')
  next.set('cursor', cursor)
  return `</api/posts?${next}>; rel="next"`
}
