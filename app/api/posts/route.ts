import { postTag } from '@/lib/http/etag'
import { listReply } from '@/lib/http/list-reply'
import { resource } from '@/lib/http/resource'
import { revalidatePublic } from '@/lib/http/revalidate'
import { route } from '@/lib/http/route'
import { withOpenCursor } from '@/lib/http/sealed-cursor'
import { createPost, listPosts } from '@/lib/openapi/operations/posts'
import * as posts from '@/lib/services/posts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(listPosts, async ({ viewer, query, request }) => {
    const { page, limit, status, q } = query
    const list = { operation: listPosts.id, viewer, filters: [status, q] }
    const found = await posts.listPosts(viewer, withOpenCursor(list, query))
    return listReply(request, list, { page, limit, ...found })
  }),

  POST: route(createPost, async ({ viewer, body, attemptKey }) => {
    const json = await posts.createPost(viewer, body, attemptKey)
    revalidatePublic(json)
    return { status: 201, json, headers: { Location: `/api/posts/${json.id}`, ETag: postTag(json) } }
  }),
})
