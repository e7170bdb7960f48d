'use client'

import { useField } from './form-context'
import { control, Remarks } from './labelled'

type FigureProps = {
  name: string
  /** The whole name of the figure: in a table only the column and the row are seen. */
  label: string
  defaultValue: string
}

/** A whole number in a cell of a table. Text, because a number field empties what it can't read. */
export function FigureField({ name, label, defaultValue }: FigureProps) {
  const { id, error, typed, aria } = useField(name)
  return (
    <div className="flex flex-col items-end gap-1">
      <input
        {...aria}
        id={id}
        name={name}
        aria-label={label}
        inputMode="numeric"
        defaultValue={[typed].flat()[0] ?? defaultValue}
        className={`${control} max-w-28 text-right tabular-nums`}
      />
      <Remarks {...{ id, error, hint: undefined }} />
    </div>
  )
}
