import { isFresh, listTag, postTag } from '@/lib/http/etag'
import { resource } from '@/lib/http/resource'
import { revalidatePublic } from '@/lib/http/revalidate'
import { route } from '@/lib/http/route'
import { newPost, postListQuery } from '@/lib/schemas/posts'
import { createPost, listPosts } from '@/lib/services/posts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(
    { access: 'optional', scope: 'posts:read', query: postListQuery },
    async ({ viewer, query, request }) => {
      const { page, limit } = query
      const { posts, nextCursor, total } = await listPosts(viewer, query)
      const body = { posts, page, limit, nextCursor, ...(total === undefined ? {} : { total }) }
      const headers = new Headers({
        ETag: listTag(body),
        'Cache-Control': 'private, no-cache',
        Vary: 'Authorization, Cookie',
      })
      if (nextCursor) {
        const next = new URLSearchParams(request.nextUrl.searchParams)
        next.delete('page')
        next.set('cursor', nextCursor)
        headers.set('Link', `</api/posts?${next}>; rel="next"`)
      }
      if (isFresh(request, listTag(body))) return new Response(null, { status: 304, headers })
      return Response.json(body, { headers })
    },
  ),

  POST: route(
    { access: 'required', scope: 'posts:write', body: newPost, idempotent: true },
    async ({ viewer, body, attemptKey }) => {
      const post = await createPost(viewer, body, attemptKey)
      revalidatePublic(post)
      return Response.json(post, {
        status: 201,
        headers: { Location: `/api/posts/${post.id}`, ETag: postTag(post) },
      })
    },
  ),
})
