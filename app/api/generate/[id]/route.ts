import { subjectOf } from '@/lib/http/caller'
import { generationBody, lastEventId, streamReply } from '@/lib/http/generation-reply'
import { prefers } from '@/lib/http/negotiate'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readGeneration } from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(
    { access: 'optional', scope: 'generate', produces: ['application/json', 'text/event-stream'] },
    async (call) => {
      const { params, request, requestId } = call
      const subject = subjectOf(call)
      const generation = await readGeneration(subject, params.id ?? '')
      if (prefers(request, 'text/event-stream'))
        return streamReply(subject, generation, lastEventId(request), request.signal, requestId)
      return Response.json(generationBody(generation), { headers: { 'Cache-Control': 'no-store' } })
    },
  ),
})
