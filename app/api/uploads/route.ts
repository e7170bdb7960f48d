import { listReply } from '@/lib/http/list-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { withOpenCursor } from '@/lib/http/sealed-cursor'
import { createUpload, listUploads } from '@/lib/openapi/operations/uploads'
import * as uploads from '@/lib/services/uploads'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(listUploads, async ({ viewer, query, request }) => {
    const { page, limit } = query
    const list = { operation: listUploads.id, viewer }
    const found = await uploads.listUploads(viewer, withOpenCursor(list, query))
    return listReply(request, list, { page, limit, ...found })
  }),

  POST: route(createUpload, async ({ viewer, file, query, attemptKey }) => {
    const json = await uploads.createUpload(viewer, file, attemptKey, query.alt)
    return { status: 201, json, headers: { Location: `/api/uploads/${json.id}` } }
  }),
})
