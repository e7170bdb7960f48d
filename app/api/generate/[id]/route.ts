import { subjectOf } from '@/lib/http/caller'
import { generationBody, lastEventId, streamGeneration } from '@/lib/http/generation-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readGeneration } from '@/lib/openapi/operations/generate'
import * as generations from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readGeneration, async (call) => {
    const { params, request, requestId, type } = call
    const subject = subjectOf(call)
    const generation = await generations.readGeneration(subject, params.id)
    if (type === 'text/event-stream') {
      const { id, held } = generation
      const told = { subject, id, held, after: lastEventId(request), requestId }
      return { status: 200, ...streamGeneration(request, told) }
    }
    return { status: 200, json: generationBody(generation), headers: { 'Cache-Control': 'no-store' } }
  }),
})
