import { type LedgerEntry, listLedger } from '@/lib/services/credits'
import type { Viewer } from '@/lib/services/viewer'

const COLUMNS = ['id', 'createdAt', 'kind', 'amount', 'balance', 'generationId', 'reason'] as const
const PAGE = 1_000

/** Every entry of the viewer's ledger as CSV (RFC 4180), newest first, sent as it is read. */
export function ledgerCsv(viewer: Viewer) {
  const lines = csvLines(viewer)
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
  })
  const headers = {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': 'attachment; filename="inkwell-ledger.csv"',
    'Cache-Control': 'no-store',
  }
  return { status: 200, type: 'text/csv', stream, headers } as const
}

async function* csvLines(viewer: Viewer): AsyncGenerator<string, void, void> {
  yield `${COLUMNS.join(',')}\r\n`
  for (let before: string | null = null; ; ) {
    const page: LedgerEntry[] = await listLedger(viewer, PAGE, before)
    if (page.length > 0) yield page.map(csvLine).join('')
    before = page.at(-1)?.id ?? null
    if (page.length < PAGE) return
  }
}

function csvLine(entry: LedgerEntry): string {
  const fields = { ...entry, createdAt: entry.createdAt.toISOString() }
  return `${COLUMNS.map((column) => csvField(fields[column])).join(',')}\r\n`
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection). */
function csvField(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = (value ?? '').replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
