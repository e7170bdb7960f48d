import { expectedVersions, isFresh, postTag } from '@/lib/http/etag'
import { resource } from '@/lib/http/resource'
import { revalidatePublic } from '@/lib/http/revalidate'
import { route } from '@/lib/http/route'
import { postPatch } from '@/lib/schemas/posts'
import { deletePost, readPost, updatePost } from '@/lib/services/posts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route({ access: 'optional', scope: 'posts:read' }, async ({ viewer, params, request }) => {
    const post = await readPost(viewer, params.id ?? '')
    const headers = {
      ETag: postTag(post),
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization, Cookie',
    }
    if (isFresh(request, postTag(post))) return new Response(null, { status: 304, headers })
    return Response.json(post, { headers })
  }),

  PATCH: route(
    { access: 'required', scope: 'posts:write', body: postPatch },
    async ({ viewer, params, body, request }) => {
      // Whether there is such a post comes first: without one there is no version to name.
      const before = await readPost(viewer, params.id ?? '')
      const post = await updatePost(viewer, before.id, body, expectedVersions(request))
      revalidatePublic(post)
      return Response.json(post, { headers: { ETag: postTag(post) } })
    },
  ),

  DELETE: route({ access: 'required', scope: 'posts:write', produces: [] }, async ({ viewer, params }) => {
    revalidatePublic(await deletePost(viewer, params.id ?? ''))
    return new Response(null, { status: 204 })
  }),
})
