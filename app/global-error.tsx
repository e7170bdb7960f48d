'use client'

import { ErrorReport } from '@/components/error-report'
import './globals.css'

/** The last resort, when the root layout itself failed: it has to bring its own document. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Inkwell</title>
        <ErrorReport error={error} retry={retry} />
      </body>
    </html>
  )
}
