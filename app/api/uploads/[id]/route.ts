import { resource } from '@/lib/http/resource'
import { revalidatePublic } from '@/lib/http/revalidate'
import { route } from '@/lib/http/route'
import { deleteUpload, readUpload } from '@/lib/services/uploads'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route({ access: 'required', scope: 'uploads:read' }, async ({ viewer, params }) =>
    Response.json(await readUpload(viewer, params.id ?? ''), {
      headers: { 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Cookie' },
    }),
  ),

  DELETE: route({ access: 'required', scope: 'uploads:write', produces: [] }, async ({ viewer, params }) => {
    const posts = await deleteUpload(viewer, params.id ?? '')
    for (const post of posts) revalidatePublic(post)
    return new Response(null, { status: 204 })
  }),
})
