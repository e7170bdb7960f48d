import { AppError } from '@/lib/errors'
import { formRoute } from '@/lib/http/form-route'
import { pipeline } from '@/lib/http/route'
import { acceptImport, IMPORT_MAX_BYTES } from '@/lib/services/transfer'

const policy = { access: 'required', file: 'file', fileMaxBytes: IMPORT_MAX_BYTES, produces: [] } as const

/** Where the form on /dashboard/transfer sends its file. */
export const POST = formRoute(
  pipeline(policy, async ({ viewer, file }) => {
    if (viewer.credential.kind !== 'session')
      throw new AppError('forbidden', 'Files are imported from the dashboard.')
    const id = await acceptImport(viewer, file)
    return new Response(null, { status: 303, headers: { Location: `/dashboard/transfer/${id}` } })
  }),
  '/dashboard/transfer',
)
