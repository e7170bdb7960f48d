import { postTag } from '@/lib/http/etag'
import { listReply } from '@/lib/http/list-reply'
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
      return listReply(request, { posts, page, limit, nextCursor, ...(total === undefined ? {} : { total }) })
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
