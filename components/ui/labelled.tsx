import type { ReactNode } from 'react'

type LabelledProps = {
  id: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  children: ReactNode
}

/** A control under its label, with its hint and its error where `useField` says that they are. */
export function Labelled({ id, label, hint, error, children }: LabelledProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Remarks {...{ id, hint, error }} />
      {children}
    </div>
  )
}

export function Remarks({ id, hint, error }: Pick<LabelledProps, 'id' | 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} className="-mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </>
  )
}

/** The look of a control one can type into. 16 px at least, or phones zoom in when it is touched. */
export const control =
  'w-full min-h-11 rounded-control border border-edge bg-leaf px-3 py-2 text-base text-ink ' +
  'placeholder:text-soft aria-invalid:border-2 aria-invalid:border-danger'
