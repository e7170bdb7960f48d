'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { FormContext } from '@/components/ui/form-context'
import { FormRefusal } from '@/components/ui/form-messages'
import type { FormState } from '@/lib/http/form-state'

type CompareFormProps = {
  /** What stands in the fields, and what is wrong with it. */
  state: FormState
  from: number
  to: number
  /** The page of the history that is shown begins before this version. */
  before: number | null
}

/**
 * Asks for any two versions to be compared, by their numbers: a history may be longer than its page. A plain GET form, so
 * that what it shows has an address.
 */
export function CompareForm({ state, from, to, before }: CompareFormProps) {
  const id = useId()
  return (
    <FormContext value={{ id, state }}>
      <form id={id} method="get" className="mb-8 flex flex-col gap-4">
        {state.status === 'error' && <FormRefusal state={state} fresh={false} />}
        {before !== null && <input type="hidden" name="before" value={before} />}
        <div className="flex flex-wrap items-end gap-4">
          <div className="w-36">
            <Field name="from" label="From version" inputMode="numeric" defaultValue={String(from)} />
          </div>
          <div className="w-36">
            <Field name="to" label="To version" inputMode="numeric" defaultValue={String(to)} />
          </div>
          <Button type="submit" variant="secondary">
            Compare
          </Button>
        </div>
      </form>
    </FormContext>
  )
}
