'use client'

import type { FormAction } from '@/lib/http/form-state'
import { Hidden } from './ui/field'
import { Form } from './ui/form'
import { useFormState } from './ui/form-context'
import { SubmitButton } from './ui/submit'

/** Deletes a project for good, once it was asked whether that is meant. */
export function DeleteProject({ id, action }: { id: string; action: FormAction }) {
  return (
    <Form action={action}>
      <Hidden name="id" value={id} />
      <Buttons />
    </Form>
  )
}

/** Where **Delete** was, the harmless button comes: the second of two clicks must not be the answer. */
function Buttons() {
  if (useFormState().data.asked === undefined) {
    return (
      <SubmitButton name="intent" value="ask" variant="danger" className="self-start">
        Delete
      </SubmitButton>
    )
  }
  return (
    <div className="flex flex-wrap gap-3">
      <SubmitButton name="intent" value="keep" variant="secondary">
        Keep it
      </SubmitButton>
      <SubmitButton name="intent" value="delete" variant="danger">
        Delete for good
      </SubmitButton>
    </div>
  )
}
