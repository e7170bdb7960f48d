'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { type ButtonLook, buttonClass } from './button'

type SubmitProps = ButtonLook & Omit<ComponentProps<'button'>, 'type' | 'formAction'>

/**
 * Sends the form it stands in. A form with several intents has several, told apart by `name` and
 * `value`. While the form is on its way the label stays what it was: it is the button's name.
 */
export function SubmitButton({ variant, size, className, name, value, ...rest }: SubmitProps) {
  const { pending, data } = useFormStatus()
  const mine = pending && (name === undefined || data?.get(name) === String(value))
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-disabled={pending || undefined}
      aria-busy={mine || undefined}
      className={buttonClass({ variant, size }, `busy ${className ?? ''}`)}
      {...rest}
    />
  )
}
