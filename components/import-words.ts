import type { Status } from '@/components/ui/badge'
import type { ImportSummary } from '@/lib/services/transfer'

/** Where an import stands, as a badge says it. */
export function importBadge({ status }: Pick<ImportSummary, 'status'>): Status {
  return ({ running: 'running', done: 'succeeded', failed: 'failed' } as const)[status]
}

/** `12 made, 3 already there, 1 refused`; what is none is left out. */
export function importCounts({
  made,
  there,
  refused,
}: Pick<ImportSummary, 'made' | 'there' | 'refused'>): string {
  const counts = [
    `${made} made`,
    ...(there > 0 ? [`${there} already there`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ]
  return counts.join(', ')
}
