'use client'

import type { Option } from './field'
import { useField } from './form-context'
import { Remarks } from './labelled'

type GroupProps = {
  name: string
  label: string
  hint?: string
  options: readonly Option[]
  defaultValue?: readonly string[]
}

/** Any of several, such as the scopes of a key. Each box is named by its option, the group by its label. */
export function CheckboxGroup({ name, label, hint, options, defaultValue = [] }: GroupProps) {
  const { id, error, typed, submitted, aria } = useField(name, hint)
  const chosen = submitted ? [typed ?? []].flat() : defaultValue
  return (
    // Focusable by script and by the summary's link, which leads to the group and not to one of its boxes.
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={aria['aria-describedby']}
      className="flex flex-col gap-1"
    >
      <legend className="mb-1.5 font-medium">{label}</legend>
      <Remarks {...{ id, hint, error }} />
      {options.map((option) => (
        <label key={option.value} className={row}>
          <input
            type="checkbox"
            name={name}
            value={option.value}
            defaultChecked={chosen.includes(option.value)}
            aria-invalid={aria['aria-invalid']}
            className={box}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}

const row = 'flex min-h-9 items-center gap-3'
const box = 'size-4.5 shrink-0'
