import { toResponse } from '@/lib/http/answer'
import { ledgerCsv } from '@/lib/http/ledger-csv'
import { pipeline } from '@/lib/http/route'

/** What **Export CSV** leads to: a link can't say `Accept: text/csv`, as callers of /api/usage/ledger do. */
export const GET = pipeline(
  { access: 'required', scope: 'usage:read', produces: ['text/csv'] },
  async ({ viewer }) => toResponse(ledgerCsv(viewer)),
)
