import { ledgerCsv } from '@/lib/http/ledger-csv'
import { route } from '@/lib/http/route'

/** What **Export CSV** leads to: a link can't say `Accept: text/csv`, as callers of /api/usage/ledger do. */
export const GET = route({ access: 'required', produces: ['text/csv'] }, async ({ viewer }) =>
  ledgerCsv(viewer),
)
