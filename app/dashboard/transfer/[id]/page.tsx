import type { Metadata } from 'next'
import { ImportReport, Remarks } from '@/components/import-report'
import { importBadge, importCounts } from '@/components/import-words'
import { Poll } from '@/components/poll'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Time } from '@/components/ui/time'
import { requireViewer } from '@/lib/auth/session'
import { orNotFound } from '@/lib/http/or-not-found'
import { listImportLines, readImport } from '@/lib/services/transfer'

export const metadata: Metadata = { title: 'Import' }

const LINES_A_PAGE = 100

export default async function ImportPage({ params, searchParams }: PageProps<'/dashboard/transfer/[id]'>) {
  const { id } = await params
  const viewer = await requireViewer(`/dashboard/transfer/${id}`)
  const { page: asked } = await searchParams
  const page = Math.min(10_000, Math.max(1, Math.floor(Number(asked)) || 1))
  const summary = await orNotFound(readImport(viewer, id))
  const { lines, more } = await listImportLines(viewer, id, page, LINES_A_PAGE)
  const pageLink = (to: number) => `/dashboard/transfer/${id}?page=${to}`
  return (
    <>
      {summary.status === 'running' && <Poll />}
      <PageHeader
        title={summary.filename}
        lede={
          <span className="flex flex-wrap items-center gap-3">
            <Badge status={importBadge(summary)} />
            <span>
              {importCounts(summary)}, begun <Time value={summary.createdAt} />
            </span>
          </span>
        }
      >
        <ButtonLink href="/dashboard/transfer" variant="secondary">
          Import and export
        </ButtonLink>
      </PageHeader>
      {summary.status === 'running' && (
        <Notice role="status" className="mb-6">
          It is being imported. You may leave this page: it goes on, and what came of it is told here.
        </Notice>
      )}
      {summary.status === 'failed' && (
        <Notice tone="danger" role="alert" title="It could not be imported" className="mb-6">
          <p className="break-words">{summary.error}</p>
          {summary.made > 0 && (
            <p>What was made before that stays. Sent again, the file makes nothing twice.</p>
          )}
        </Notice>
      )}
      <Remarks remarks={summary.remarks} />
      {lines.length > 0 && (
        <div className="mt-6">
          <ImportReport lines={lines.map((line, n) => ({ ...line, key: `${page}-${n}` }))} />
        </div>
      )}
      <Pager newer={page > 1 ? pageLink(page - 1) : null} older={more ? pageLink(page + 1) : null} />
    </>
  )
}
