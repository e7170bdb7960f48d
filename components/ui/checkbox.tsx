'use client'

import type { ComponentProps } from 'react'
import type { Option } from './field'
import { useField } from './form-context'
import { Remarks } from './labelled'

type CheckboxProps = {
  name: string
  label: string
  hint?: string
  value?: string
  defaultChecked?: boolean
} & Omit<
  ComponentProps<'input'>,
  'id' | 'name' | 'type' | 'value' | 'defaultValue' | 'checked' | 'defaultChecked'
>

/** One yes or no. Left open it sends nothing, so a refusal that has values but not this one says no. */
export function Checkbox({
  name,
  label,
  hint,
  value = 'on',
  defaultChecked = false,
  ...rest
}: CheckboxProps) {
  const { id, error, typed, submitted, aria } = useField(name, hint)
  const checked = submitted ? typed !== undefined : defaultChecked
  return (
    <div>
      <label htmlFor={id} className={row}>
        <input
          type="checkbox"
          {...rest}
          {...aria}
          id={id}
          name={name}
          value={value}
          defaultChecked={checked}
          className={box}
        />
        {label}
      </label>
      <div className="pl-7">
        <Remarks {...{ id, hint, error }} />
      </div>
    </div>
  )
}

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
