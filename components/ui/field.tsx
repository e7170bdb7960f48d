'use client'

import { type ComponentProps, type ReactNode, useLayoutEffect } from 'react'
import { useField } from './form-context'
import { control, Labelled } from './labelled'
import { takeOver } from './typed-early'

/** What every field takes. The label is its accessible name, to the letter: remarks go into the hint. */
export type FieldProps = { name: string; label: string; hint?: string; defaultValue?: string }

type Own = 'id' | 'name' | 'defaultValue' | 'value'

/** One line of text, or whatever `type` says. Passwords and files are never given back. */
export function Field({
  name,
  label,
  hint,
  defaultValue,
  className = '',
  ...rest
}: FieldProps & Omit<ComponentProps<'input'>, Own>) {
  const { id, error, typed, aria } = useField(name, hint)
  const secret = rest.type === 'password' || rest.type === 'file'
  const value = secret ? {} : { defaultValue: text(typed) ?? defaultValue }
  return (
    <Labelled {...{ id, label, hint, error }}>
      <input
        type="text"
        {...rest}
        {...aria}
        {...value}
        id={id}
        name={name}
        className={`${control} ${className}`}
      />
    </Labelled>
  )
}

/** Text of any length; it grows with what is typed, below what stands `above` it. No `maxLength`: it would cut what is pasted, silently. */
export function TextArea({
  name,
  label,
  hint,
  defaultValue,
  rows = 4,
  above,
  className = '',
  ...rest
}: FieldProps & { above?: ReactNode } & Omit<ComponentProps<'textarea'>, Own | 'maxLength' | 'rows'> & {
    rows?: keyof typeof HEIGHTS
  }) {
  const { id, error, typed, aria } = useField(name, hint)
  useLayoutEffect(() => {
    const field = document.getElementById(id)
    if (field instanceof HTMLTextAreaElement) takeOver(field)
  }, [id])
  return (
    <Labelled {...{ id, label, hint, error }}>
      <div>
        {above}
        <textarea
          rows={rows}
          {...rest}
          {...aria}
          defaultValue={text(typed) ?? defaultValue}
          id={id}
          name={name}
          className={`${control} block field-sizing-content ${HEIGHTS[rows]} ${className}`}
        />
      </div>
    </Labelled>
  )
}

/** How high a field is at least, by its rows: classes, since the site’s policy lets no element have styles of its own. */
const HEIGHTS = {
  2: 'min-h-[calc(2lh+1.25rem)]',
  4: 'min-h-[calc(4lh+1.25rem)]',
  5: 'min-h-[calc(5lh+1.25rem)]',
  6: 'min-h-[calc(6lh+1.25rem)]',
  18: 'min-h-[calc(18lh+1.25rem)]',
}

export type Option = { value: string; label: string }

export function Select({
  name,
  label,
  hint,
  defaultValue,
  options,
  className = '',
  ...rest
}: FieldProps & { options: readonly Option[] } & Omit<ComponentProps<'select'>, Own | 'multiple'>) {
  const { id, error, typed, aria } = useField(name, hint)
  return (
    <Labelled {...{ id, label, hint, error }}>
      <select
        {...rest}
        {...aria}
        defaultValue={text(typed) ?? defaultValue}
        id={id}
        name={name}
        className={`${control} select pe-9 ${className}`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** Not shown, but sent. A refusal may replace it, as when a post has a newer version by now. */
export function Hidden({ name, value }: { name: string; value: string }) {
  const { typed, goesOn } = useField(name)
  return <input type="hidden" name={name} value={goesOn ? (text(typed) ?? value) : value} />
}

/** Forms send their line ends as CRLF, and HTML eats a line end at the start of a textarea: React guards LF only. */
function text(value: string | string[] | undefined) {
  return [value].flat()[0]?.replaceAll('\r\n', '\n')
}
