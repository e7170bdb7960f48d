'use client'

import { useContext, useEffect, useRef } from 'react'
import type { FormState } from '@/lib/http/form-state'
import { FormContext, fieldId } from './form-context'
import { Notice } from './notice'

/**
 * Why a form was refused, with a way to every field concerned. `fresh` is true for an answer that
 * came by JavaScript: the reader is taken to it by script then, and by `autofocus` where a whole page
 * came instead, be it the third form on it.
 */
export function FormRefusal({ state, fresh }: { state: FormState; fresh: boolean }) {
  const { id } = useContext(FormContext)
  const box = useRef<HTMLDivElement>(null)
  const errors = Object.entries(state.errors)
  // One thing is said once.
  const told = errors.length === 1 && errors[0]?.[1] === state.message

  useEffect(() => {
    if (fresh && state.status === 'error') box.current?.focus()
  }, [fresh, state])

  return (
    <Notice ref={box} tone="danger" role="alert" tabIndex={-1} autoFocus>
      {!told && <p className="font-semibold">{state.message ?? 'Please look at what is marked below.'}</p>}
      {errors.length > 0 && (
        <ul className={told ? 'font-semibold' : 'mt-1 list-disc pl-5'}>
          {errors.map(([name, detail]) => (
            <li key={name}>
              <a href={`#${fieldId(id, name)}`} className="underline">
                {detail}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

/**
 * That it was done. The outer region is there from the start, since screen readers announce changes in
 * regions they know; the inner one is none of its own, or it would be told twice. It stands at the end of the form, by its buttons, and stays in sight from there.
 */
export function FormAnswer({ state }: { state: FormState }) {
  return (
    <div aria-live="polite" className="sticky bottom-4 z-10 w-fit empty:absolute">
      {state.status === 'ok' && state.message && (
        <Notice tone="success" role="status" aria-live="off" tabIndex={-1} autoFocus>
          <p>{state.message}</p>
        </Notice>
      )}
    </div>
  )
}
