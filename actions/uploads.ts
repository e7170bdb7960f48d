'use server'

import { redirect } from 'next/navigation'
import { formAction } from '@/lib/http/form-action'
import { withFormFile } from '@/lib/http/form-file'
import { uploadDescription, uploadForm, uploadRemoval } from '@/lib/schemas/uploads'
import { formKey } from '@/lib/services/attempts'
import { createUpload, deleteUpload, describeUpload } from '@/lib/services/uploads'

export const addUpload = formAction(uploadForm, ({ attempt, alt }, { viewer, form }) =>
  withFormFile(form, 'file', async (file) => {
    const key = formKey(attempt, { filename: file.filename, sha256: file.sha256, alt })
    const { filename } = await createUpload(viewer, file, key, alt)
    return { message: `The picture “${filename}” is uploaded.` }
  }),
)

export const saveAlt = formAction(uploadDescription, async ({ id, alt }, { viewer }) => {
  await describeUpload(viewer, id, alt)
  return { message: 'Saved.', values: { alt } }
})

export const removeUpload = formAction(uploadRemoval, async ({ id, page }, { viewer }) => {
  await deleteUpload(viewer, id)
  redirect(`/dashboard/uploads?${new URLSearchParams({ deleted: 'yes', page: String(page) })}`)
})
