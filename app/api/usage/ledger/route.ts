import { ledgerCsv } from '@/lib/http/ledger-csv'
import { prefers } from '@/lib/http/negotiate'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { ledgerQuery } from '@/lib/schemas/ledger'
import { listLedger } from '@/lib/services/credits'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(
    {
      access: 'required',
      scope: 'usage:read',
      query: ledgerQuery,
      produces: ['application/json', 'text/csv'],
    },
    async ({ viewer, query, request }) => {
      if (prefers(request, 'text/csv')) return ledgerCsv(viewer)
      const found = await listLedger(viewer, query.limit + 1, query.cursor ?? null)
      const entries = found.slice(0, query.limit)
      const nextCursor = found.length > query.limit ? (entries.at(-1)?.id ?? null) : null
      const headers = new Headers({ 'Cache-Control': 'no-store' })
      if (nextCursor) {
        headers.set('Link', `</api/usage/ledger?limit=${query.limit}&cursor=${nextCursor}>; rel="next"`)
      }
      return Response.json({ entries, nextCursor }, { headers })
    },
  ),
})
