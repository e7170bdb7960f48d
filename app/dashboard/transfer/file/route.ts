import { bodyLimits } from '@/lib/body-limits'
import { AppError } from '@/lib/errors'
import { formRoute } from '@/lib/http/form-route'
import { pipeline } from '@/lib/http/route'
import { importFields } from '@/lib/schemas/imports'
import { acceptImport, IMPORT_MAX_BYTES, siteAddress } from '@/lib/services/transfer'

const policy = {
  access: 'required',
  file: 'file',
  fields: importFields,
  fileMaxBytes: IMPORT_MAX_BYTES,
  produces: [],
} as const

/** Where the form on /dashboard/transfer sends its file. */
export const POST = formRoute(
  pipeline(policy, async ({ viewer, file, fields }) => {
    if (viewer.credential.kind !== 'session')
      throw new AppError('forbidden', 'Files are imported from the dashboard.')
    const site = siteAddress(fields.site)
    if (fields.site && !site)
      return seeOther(`?${new URLSearchParams({ refused: 'site', site: fields.site })}`)
    return seeOther(`/${await acceptImport(viewer, file, site)}`)
  }),
  '/dashboard/transfer',
  ['site'],
  2 * bodyLimits(IMPORT_MAX_BYTES).body,
)

function seeOther(rest: string): Response {
  return new Response(null, { status: 303, headers: { Location: `/dashboard/transfer${rest}` } })
}
