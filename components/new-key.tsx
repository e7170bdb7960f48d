'use client'

import { useFormState } from '@/components/ui/form-context'

/** A key just made, the one time it can be seen. */
export function NewKey() {
  const { key } = useFormState().data
  if (!key) return null
  return (
    <p className="rounded-control border border-good/45 bg-good-wash px-4 py-3">
      <span className="mb-1 block text-sm">Your new key</span>
      <code className="break-all select-all" data-testid="new-key">
        {key}
      </code>
    </p>
  )
}
