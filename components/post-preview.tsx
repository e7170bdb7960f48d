'use client'

import { Prose } from '@/components/prose'
import { useFormState } from '@/components/ui/form-context'

/** What the post would look like, once the form's **Preview** has been asked for. */
export function PostPreview() {
  const { preview } = useFormState().data
  if (preview === undefined) return null
  return (
    <section aria-label="Preview" className="rounded-control border border-line bg-leaf px-5 py-6 sm:px-8">
      <p className="mb-4 text-sm text-soft">Preview. Not saved yet.</p>
      {preview === '' ? <p className="text-soft">There is nothing to show yet.</p> : <Prose html={preview} />}
    </section>
  )
}
