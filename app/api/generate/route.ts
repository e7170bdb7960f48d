import { AppError } from '@/lib/errors'
import { subjectOf } from '@/lib/http/caller'
import { finalBody, lastEventId, streamGeneration } from '@/lib/http/generation-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { generate } from '@/lib/openapi/operations/generate'
import * as generations from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route(generate, async (call) => {
    const { query, body, attemptKey, request, requestId, type } = call
    const subject = subjectOf(call)
    // A price is no stream: it is JSON, also for who asks as it will ask for the text.
    if (query.dryRun) return { status: 200, json: await generations.quoteFor(subject, body) }
    const { id, held, replayed } = await generations.generate(subject, body, { key: attemptKey })
    if (type === 'text/event-stream') {
      // What was made just now has no reader who could have seen anything of it.
      const after = replayed ? lastEventId(request) : 0
      return { status: 200, ...streamGeneration(request, { subject, id, held, after, requestId }) }
    }
    const path = `/api/generate/${id}`
    if (replayed && (await generations.readGeneration(subject, id)).status === 'running') {
      throw new AppError(
        'in_progress',
        'The first request with this key still runs. Its answer will be at Location.',
        { headers: { Location: path } },
      )
    }
    const json = await finalBody(subject, id, request.signal)
    return { status: 200, json, headers: { 'Content-Location': path } }
  }),
})
