import { AppError } from '@/lib/errors'
import { subjectOf } from '@/lib/http/caller'
import { finalBody, lastEventId, streamGeneration } from '@/lib/http/generation-reply'
import { prefers } from '@/lib/http/negotiate'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { generate } from '@/lib/openapi/operations/generate'
import * as generations from '@/lib/services/generations'
import { quote } from '@/lib/services/usage'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route(generate, async (call) => {
    const { query, body, attemptKey, request, requestId } = call
    const subject = subjectOf(call)
    if (query.dryRun) {
      // What has outlived its lease is given back first, so that the balance is what could be spent.
      if (call.viewer) await generations.currentBalance(call.viewer)
      return { status: 200, json: await quote(subject, body.tool) }
    }
    const accepted = await generations.generate(subject, body, { key: attemptKey })
    if (prefers(request, 'text/event-stream')) {
      const from = lastEventId(request)
      return { status: 200, ...streamGeneration(subject, accepted, from, request.signal, requestId) }
    }
    const { id, replayed } = accepted
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
