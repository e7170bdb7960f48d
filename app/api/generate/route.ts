import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { finalReply, lastEventId, streamReply } from '@/lib/http/generation-reply'
import { prefers } from '@/lib/http/negotiate'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { generateInput } from '@/lib/schemas/generations'
import { generate, readGeneration } from '@/lib/services/generations'
import { quote } from '@/lib/services/usage'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route(
    {
      access: 'required',
      scope: 'generate',
      query: z.object({ dryRun: z.stringbool().default(false) }),
      body: generateInput,
      idempotent: true,
      produces: ['application/json', 'text/event-stream'],
    },
    async ({ viewer, query, body, attemptKey, request, requestId }) => {
      if (query.dryRun) return Response.json(await quote(viewer, body.tool))
      const { id, replayed } = await generate(viewer, body, attemptKey)
      if (prefers(request, 'text/event-stream'))
        return streamReply(viewer, id, lastEventId(request), request.signal, requestId)
      if (replayed && (await readGeneration(viewer, id)).status === 'running') {
        throw new AppError(
          'in_progress',
          'The first request with this key still runs. Its answer will be at Location.',
          {
            headers: { Location: `/api/generate/${id}` },
          },
        )
      }
      return finalReply(viewer, id, request.signal)
    },
  ),
})
