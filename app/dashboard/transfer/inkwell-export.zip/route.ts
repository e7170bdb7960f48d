import { AppError } from '@/lib/errors'
import { toResponse } from '@/lib/http/answer'
import { pipeline } from '@/lib/http/route'
import { exportZip } from '@/lib/services/transfer'

/** What **Download** on /dashboard/transfer leads to: all that the writer has written and uploaded. */
export const GET = pipeline({ access: 'required', produces: ['application/zip'] }, async ({ viewer }) => {
  if (viewer.credential.kind !== 'session')
    throw new AppError('forbidden', 'The export is had from the dashboard.')
  const day = new Date().toISOString().slice(0, 10)
  return toResponse({
    status: 200,
    type: 'application/zip',
    stream: exportZip(viewer),
    headers: {
      'Content-Disposition': `attachment; filename="inkwell-${day}.zip"`,
      'Cache-Control': 'no-store',
    },
  })
})
