import { listTag, namesTags, postTag } from '@/lib/http/etag'
import { knownReply, listReply } from '@/lib/http/list-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { withOpenCursor } from '@/lib/http/sealed-cursor'
import { createPost, listPosts } from '@/lib/openapi/operations/posts'
import { post } from '@/lib/schemas/posts'
import * as posts from '@/lib/services/posts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(listPosts, async ({ viewer, query, request }) => {
    // Who asked for what, of which fields, makes one list; its stamp, one state of it.
    const tagOf = (stamp: string) => listTag([stamp, viewer?.userId ?? null, query, FIELDS])
    const known = namesTags(request) && knownReply(request, tagOf(await posts.listStamp(viewer)))
    if (known) return known
    const { page, limit, status, q } = query
    const list = { operation: listPosts.id, viewer, filters: [status, q] }
    const { stamp, ...found } = await posts.listPosts(viewer, withOpenCursor(list, query))
    return listReply(request, list, { page, limit, ...found }, tagOf(stamp))
  }),

  POST: route(createPost, async ({ viewer, body, attemptKey }) => {
    const json = await posts.createPost(viewer, body, attemptKey)
    return { status: 201, json, headers: { Location: `/api/posts/${json.id}`, ETag: postTag(json) } }
  }),
})

const FIELDS = Object.keys(post.shape)
