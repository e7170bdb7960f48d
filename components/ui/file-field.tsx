'use client'

import { useField } from './form-context'
import { control, Labelled } from './labelled'

type FileFieldProps = {
  name: string
  label: string
  hint?: string
  /** Media types that the browser offers first; what comes is judged by the server. */
  accept: string
  maxBytes: number
}

/** One file. It is never given back with a refused form: browsers let no page fill in a file. */
export function FileField({ name, label, hint, accept, maxBytes }: FileFieldProps) {
  const { id, error, aria } = useField(name, hint)
  return (
    <Labelled {...{ id, label, hint, error }}>
      <input
        type="file"
        {...aria}
        id={id}
        name={name}
        accept={accept}
        data-max-bytes={maxBytes}
        className={`${control} ${chooser}`}
      />
    </Labelled>
  )
}

const chooser =
  'file:mr-4 file:min-h-8 file:cursor-pointer file:rounded-control file:border file:border-edge file:bg-paper ' +
  'file:px-3 file:text-sm file:font-medium file:text-ink hover:file:border-accent hover:file:text-accent'
