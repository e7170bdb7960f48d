import { isDraining } from '@/lib/draining'
import { AppError } from '@/lib/errors'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readHealth } from '@/lib/openapi/operations/service'
import { pingDatabase } from '@/lib/services/health'
import manifest from '@/package.json' with { type: 'json' }

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readHealth, async ({ query }) => {
    if (query.ready) {
      if (isDraining()) throw new AppError('unavailable', 'The server is stopping.', { retryAfter: 5 })
      await pingDatabase()
    }
    return {
      status: 200,
      json: { status: 'ok', version: manifest.version },
      headers: { 'Cache-Control': 'no-store' },
    }
  }),
})
