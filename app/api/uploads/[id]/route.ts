import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { deleteUpload, readUpload } from '@/lib/openapi/operations/uploads'
import * as uploads from '@/lib/services/uploads'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readUpload, async ({ viewer, params }) => ({
    status: 200,
    json: await uploads.readUpload(viewer, params.id),
    headers: { 'Cache-Control': 'private, no-cache', Vary: 'Authorization, Cookie' },
  })),

  DELETE: route(deleteUpload, async ({ viewer, params }) => {
    await uploads.deleteUpload(viewer, params.id)
    return { status: 204 }
  }),
})
