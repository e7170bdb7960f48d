'use client'

import {
  type ComponentProps,
  type ReactNode,
  type SubmitEvent,
  useActionState,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
  useTransition,
} from 'react'
import { type FormAction, type FormState, idle } from '@/lib/http/form-state'
import { AccountContext, FormContext } from './form-context'
import { FormAnswer, FormRefusal } from './form-messages'
import { keep, restore } from './keep'
import { refuseOversized } from './oversized'
import { put } from './put'
import { send } from './send'
import { readyToSend, sentForGood } from './sending'

type FormProps = {
  action: FormAction
  /** What the server has to say of the form before its action was asked, as of one that never reached it. */
  initial?: FormState
  children: ReactNode
  /** Empties the fields once the server has said yes: for forms that add one thing after another. */
  clearOnOk?: boolean
} & Omit<ComponentProps<'form'>, 'action' | 'onSubmit' | 'noValidate'>

/**
 * A form that works before, without and with JavaScript, and never loses what was typed.
 *
 * Without it, the browser posts to the action and React renders its answer. With it, the form is sent
 * from `onSubmit` and not through React's form action, because React resets the fields after one: what
 * was typed while the answer was on its way would be gone. Validation is the server's alone
 * (`noValidate`), so that everybody gets the same words at the same places.
 */
export function Form({
  action,
  initial = idle,
  children,
  id,
  clearOnOk = false,
  className = '',
  ...rest
}: FormProps) {
  const [posted, formAction] = useActionState(action, initial)
  const [answer, setAnswer] = useState<FormState | null>(null)
  const [pending, startTransition] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const ownId = useId()
  const account = useContext(AccountContext)
  const formId = id ?? ownId
  const state = settled(answer ?? posted, clearOnOk)

  useEffect(() => {
    if (answer?.status === 'ok') empty(form.current, clearOnOk)
    if (answer?.replaces && form.current) put(form.current, answer.values)
  }, [answer, clearOnOk])

  useEffect(() => {
    if (form.current) restore(form.current)
  }, [])

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const sent = event.currentTarget
    const refused = refuseOversized(sent, state)
    if (refused) return setAnswer(refused)
    const { submitter } = event.nativeEvent
    startTransition(async () => {
      await readyToSend(sent)
      const data = new FormData(sent, submitter)
      const next = await send(action, state, data, () => keep(sent)).catch((leadsElsewhere: unknown) => {
        sentForGood(sent, leadsElsewhere)
        throw leadsElsewhere
      })
      startTransition(() => setAnswer(next))
    })
  }

  return (
    <FormContext value={{ id: formId, state }}>
      <form
        {...rest}
        ref={form}
        id={formId}
        action={formAction}
        onSubmit={submit}
        noValidate
        className={`flex flex-col gap-5 ${className}`}
      >
        {account && <input type="hidden" name="account" value={account} />}
        {state.status === 'error' && <FormRefusal state={state} fresh={answer !== null} />}
        {children}
        <FormAnswer state={state} />
      </form>
    </FormContext>
  )
}

/** What is to be emptied has no values to be put back, even if the action sent some. */
function settled(state: FormState, clear: boolean): FormState {
  return clear && state.status === 'ok' ? { ...state, values: {} } : state
}

/** A password stays in no field once it has been accepted, whatever becomes of the rest. */
function empty(form: HTMLFormElement | null, all: boolean) {
  if (all) return form?.reset()
  for (const field of form?.querySelectorAll<HTMLInputElement>('input[type=password]') ?? []) field.value = ''
}
