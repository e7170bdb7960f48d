import { subjectOf } from '@/lib/http/caller'
import { generationBody } from '@/lib/http/generation-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { stopGeneration } from '@/lib/openapi/operations/generate'
import { readGeneration, requestStop } from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route(stopGeneration, async (call) => {
    const subject = subjectOf(call)
    const running = await requestStop(subject, call.params.id)
    const json = generationBody(await readGeneration(subject, call.params.id))
    return { status: running ? 202 : 200, json }
  }),
})
