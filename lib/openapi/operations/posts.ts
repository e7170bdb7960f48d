import { examplePost } from '@/lib/openapi/examples'
import { json, operation } from '@/lib/openapi/operation'
import { newPost, post, postList, postListQuery, postPatch } from '@/lib/schemas/posts'

export const listPosts = operation({
  id: 'listPosts',
  method: 'GET',
  path: '/api/posts',
  tag: 'Posts',
  summary: 'List posts',
  description:
    'Newest first: your own, or, without credentials, what is published here. Go on with `cursor`, or follow `Link`.',
  access: 'optional',
  scope: 'posts:read',
  query: postListQuery,
  reads: ['If-None-Match'],
  responses: {
    200: {
      description: 'A page of posts.',
      headers: ['ETag', 'Link'],
      content: json(postList, { posts: [examplePost], page: 1, limit: 10, nextCursor: null }),
    },
    304: { description: 'Nothing has changed since the `ETag` you have.', headers: ['ETag', 'Link'] },
  },
})

export const createPost = operation({
  id: 'createPost',
  method: 'POST',
  path: '/api/posts',
  tag: 'Posts',
  summary: 'Create a post',
  description: 'A draft, unless `status` says otherwise.',
  access: 'required',
  scope: 'posts:write',
  body: newPost,
  bodyExamples: {
    published: {
      summary: 'Published at once',
      value: {
        title: 'A lighthouse in winter',
        content: 'The lamp is lit at **four**, and the boats come home by it.',
        status: 'published',
      },
    },
  },
  idempotent: true,
  responses: {
    201: {
      description:
        'The post that was made now, or by the first call with this key: then as it is now, with the `ETag` of that.',
      headers: ['Location', 'ETag'],
      content: json(post, examplePost),
    },
  },
  // A key repeated after what it made was deleted.
  problems: ['not_found'],
})

export const readPost = operation({
  id: 'readPost',
  method: 'GET',
  path: '/api/posts/{id}',
  tag: 'Posts',
  summary: 'Read a post',
  description: 'One of your own, or, without credentials, one that is published.',
  access: 'optional',
  scope: 'posts:read',
  reads: ['If-None-Match'],
  responses: {
    200: { description: 'The post.', headers: ['ETag'], content: json(post, examplePost) },
    304: { description: 'It has not changed since the `ETag` you have.', headers: ['ETag'] },
  },
  problems: ['not_found'],
})

export const updatePost = operation({
  id: 'updatePost',
  method: 'PATCH',
  path: '/api/posts/{id}',
  tag: 'Posts',
  summary: 'Change a post',
  description:
    'Any of the writable fields. `If-Match` says which version you are changing, so that nobody’s work is overwritten ' +
    'unseen: if somebody saved since, the answer is 412 and nothing changes. A body without fields changes nothing, and ' +
    'makes no version.',
  access: 'required',
  scope: 'posts:write',
  body: postPatch,
  bodyExamples: { title: { summary: 'Another title', value: { title: 'A lighthouse, by night' } } },
  reads: ['If-Match'],
  responses: {
    200: {
      description: 'The post, as it is now.',
      headers: ['ETag'],
      content: json(post, { ...examplePost, title: 'A lighthouse, by night', version: 2 }),
    },
  },
  problems: ['not_found', 'precondition_failed', 'precondition_required'],
})

export const deletePost = operation({
  id: 'deletePost',
  method: 'DELETE',
  path: '/api/posts/{id}',
  tag: 'Posts',
  summary: 'Delete a post',
  description:
    'To the trash, from where it can be restored in the dashboard for 30 days. With `If-Match`, only if nobody saved since.',
  access: 'required',
  scope: 'posts:write',
  reads: ['If-Match-optional'],
  responses: { 204: { description: 'It is gone. The answer has no body.' } },
  problems: ['not_found', 'precondition_failed'],
})
