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
      const id = params.id ?? ''
      if (prefers(request, 'text/event-stream'))
        return streamReply(subject, id, lastEventId(request), request.signal, requestId)
      const generation = await readGeneration(subject, id)
      return Response.json(generationBody(generation), { headers: { 'Cache-Control': 'no-store' } })
    },
  ),
})
