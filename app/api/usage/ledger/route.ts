import { ledgerCsv } from '@/lib/http/ledger-csv'
import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { sealCursor, withOpenCursor } from '@/lib/http/sealed-cursor'
import { listLedger } from '@/lib/openapi/operations/usage'
import * as credits from '@/lib/services/credits'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(listLedger, async ({ viewer, query, type }) => {
    if (type === 'text/csv') return ledgerCsv(viewer)
    const list = { operation: listLedger.id, viewer }
    const { limit, cursor = null } = withOpenCursor(list, query)
    // One more than asked for tells whether there is a next page.
    const found = await credits.listLedger(viewer, limit + 1, cursor)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const nextCursor = found.length > limit && last ? sealCursor(list, last.id) : null
    return {
      status: 200,
      json: {
        entries: page.map((entry) => ({ ...entry, createdAt: entry.createdAt.toISOString() })),
        nextCursor,
      },
      headers: {
        'Cache-Control': 'no-store',
        ...(nextCursor
          ? { Link: `</api/usage/ledger?limit=${limit}&cursor=${nextCursor}>; rel="next"` }
          : {}),
      },
    }
  }),
})
