import { subjectOf } from '@/lib/http/caller'
import { generationBody, lastEventId, streamGeneration } from '@/lib/http/generation-reply'
import { prefers } from '@/lib/http/negotiate'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readGeneration } from '@/lib/openapi/operations/generate'
import * as generations from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readGeneration, async (call) => {
    const { params, request, requestId } = call
    const subject = subjectOf(call)
    const generation = await generations.readGeneration(subject, params.id)
    if (prefers(request, 'text/event-stream')) {
      const from = lastEventId(request)
      return { status: 200, ...streamGeneration(subject, generation, from, request.signal, requestId) }
    }
    return { status: 200, json: generationBody(generation), headers: { 'Cache-Control': 'no-store' } }
  }),
})
