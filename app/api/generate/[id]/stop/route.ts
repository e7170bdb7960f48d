import { subjectOf } from '@/lib/http/caller'
import { generationBody } from '@/lib/http/generation-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readGeneration, requestStop } from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route({ access: 'optional', scope: 'generate' }, async (call) => {
    const id = call.params.id ?? ''
    const subject = subjectOf(call)
    const running = await requestStop(subject, id)
    return Response.json(generationBody(await readGeneration(subject, id)), { status: running ? 202 : 200 })
  }),
})
