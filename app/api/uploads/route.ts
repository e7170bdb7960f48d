import { listReply } from '@/lib/http/list-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { createUpload, listUploads } from '@/lib/openapi/operations/uploads'
import * as uploads from '@/lib/services/uploads'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(listUploads, async ({ viewer, query, request }) => {
    const { page, limit } = query
    return listReply(request, { page, limit, ...(await uploads.listUploads(viewer, query)) })
  }),

  POST: route(createUpload, async ({ viewer, file, attemptKey }) => {
    const json = await uploads.createUpload(viewer, file, attemptKey)
    return { status: 201, json, headers: { Location: `/api/uploads/${json.id}` } }
  }),
})
