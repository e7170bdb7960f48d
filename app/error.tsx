'use client'

import { ErrorReport } from '@/components/error-report'

/** Shown in place of a page that threw. The cause is in the server's log, never here. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorReport error={error} retry={retry} />
}
