import { listReply } from '@/lib/http/list-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { uploadListQuery } from '@/lib/schemas/uploads'
import { createUpload, listUploads } from '@/lib/services/uploads'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(
    { access: 'required', scope: 'uploads:read', query: uploadListQuery },
    async ({ viewer, query, request }) => {
      const { page, limit } = query
      return listReply(request, { page, limit, ...(await listUploads(viewer, query)) })
    },
  ),

  POST: route(
    { access: 'required', scope: 'uploads:write', file: 'file', idempotent: true },
    async ({ viewer, file, attemptKey }) => {
      const upload = await createUpload(viewer, file, attemptKey)
      return Response.json(upload, { status: 201, headers: { Location: `/api/uploads/${upload.id}` } })
    },
  ),
})
