'use client'

import { createContext, useContext } from 'react'
import { type FormState, idle } from '@/lib/http/form-state'

/** What the fields of a form have in common: the form's id, and what the server last said of it. */
export const FormContext = createContext<{ id: string; state: FormState }>({ id: 'form', state: idle })

/** Whose page the forms are on; empty where that does not matter. */
export const AccountContext = createContext('')

/** For a part of a form that has something of its own to show, such as `data.preview`. */
export function useFormState(): FormState {
  return useContext(FormContext).state
}

/** One field's share of it: its ids, its error, and what was typed into it when the form was refused. */
export function useField(name: string, hint?: string) {
  const { id: form, state } = useContext(FormContext)
  const id = fieldId(form, name)
  const error = state.errors[name]
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return {
    id,
    error,
    typed: state.values[name],
    // What was not sent for good goes on as it was, also in what the page itself has put in.
    goesOn: state.status === 'error' || state.unchanged === true,
    submitted: state.status !== 'idle' && Object.keys(state.values).length > 0,
    aria: {
      'aria-describedby': describedBy || undefined,
      'aria-invalid': error ? true : undefined,
    },
  }
}

/** Derived from the name, so that the summary can link to a field it knows only by name. */
export function fieldId(form: string, name: string) {
  return `${form}-${name}`
}
