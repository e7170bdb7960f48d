import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { isDraining } from '@/lib/draining'
import { query as run, sql } from '@/lib/sql'
import { version } from '@/package.json'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(
    { access: 'public', query: z.object({ ready: z.stringbool().default(false) }) },
    async ({ query }) => {
      if (query.ready) {
        if (isDraining()) throw new AppError('unavailable', 'The server is stopping.', { retryAfter: 5 })
        await run(sql`SELECT 1`)
      }
      return Response.json({ status: 'ok', version }, { headers: { 'Cache-Control': 'no-store' } })
    },
  ),
})
