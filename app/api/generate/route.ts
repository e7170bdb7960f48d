import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { subjectOf } from '@/lib/http/caller'
import { finalReply, lastEventId, streamReply } from '@/lib/http/generation-reply'
import { prefers } from '@/lib/http/negotiate'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { generateInput } from '@/lib/schemas/generations'
import { currentBalance, generate, readGeneration } from '@/lib/services/generations'
import { quote } from '@/lib/services/usage'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route(
    {
      access: 'optional',
      scope: 'generate',
      query: z.object({ dryRun: z.stringbool().default(false) }),
      body: generateInput,
      idempotent: true,
      produces: ['application/json', 'text/event-stream'],
    },
    async (call) => {
      const { query, body, attemptKey, request, requestId } = call
      const subject = subjectOf(call)
      if (query.dryRun) {
        // What has outlived its lease is given back first, so that the balance is what could be spent.
        if (call.viewer) await currentBalance(call.viewer)
        return Response.json(await quote(subject, body.tool))
      }
      const accepted = await generate(subject, body, { key: attemptKey })
      if (prefers(request, 'text/event-stream'))
        return streamReply(subject, accepted, lastEventId(request), request.signal, requestId)
      const { id, replayed } = accepted
      if (replayed && (await readGeneration(subject, id)).status === 'running') {
        throw new AppError(
          'in_progress',
          'The first request with this key still runs. Its answer will be at Location.',
          {
            headers: { Location: `/api/generate/${id}` },
          },
        )
      }
      return finalReply(subject, id, request.signal)
    },
  ),
})
