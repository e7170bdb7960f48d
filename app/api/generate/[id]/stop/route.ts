import { generationBody } from '@/lib/http/generation-reply'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readGeneration, requestStop } from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  POST: route({ access: 'required', scope: 'generate' }, async ({ viewer, params }) => {
    const id = params.id ?? ''
    const running = await requestStop(viewer, id)
    return Response.json(generationBody(await readGeneration(viewer, id)), { status: running ? 202 : 200 })
  }),
})
