import { expectedVersions, expectedVersionsIfAny, isFresh, postTag } from '@/lib/http/etag'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { deletePost, readPost, updatePost } from '@/lib/openapi/operations/posts'
import * as posts from '@/lib/services/posts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readPost, async ({ viewer, params, request }) => {
    const json = await posts.readPost(viewer, params.id)
    const headers = {
      ETag: postTag(json),
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization, Cookie',
    }
    return isFresh(request, headers.ETag) ? { status: 304, headers } : { status: 200, json, headers }
  }),

  PATCH: route(updatePost, async ({ viewer, params, body, request }) => {
    // Whether there is such a post comes first: without one there is no version to name.
    const before = await posts.readPost(viewer, params.id)
    const json = await posts.updatePost(viewer, before.id, body, expectedVersions(request))
    return { status: 200, json, headers: { ETag: postTag(json) } }
  }),

  DELETE: route(deletePost, async ({ viewer, params, request }) => {
    await posts.deletePost(viewer, params.id, expectedVersionsIfAny(request))
    return { status: 204 }
  }),
})
