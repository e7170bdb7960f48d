import type { Field } from '@/lib/openapi/fields'
import { Text } from './text'

type FieldListProps = {
  title?: string
  fields: Field[]
  /** What is said of a field that may be missing, where most are there; else those are marked that must be. */
  missing?: string
}

/** Names and types, with their meanings beside them or, on a phone, below. */
export function FieldList({ title, fields, missing }: FieldListProps) {
  if (fields.length === 0) return null
  return (
    <>
      {title && <h4 className="mt-6 font-semibold">{title}</h4>}
      <dl className="mt-1 divide-y divide-line">
        {fields.map((field) => (
          <div
            key={field.name}
            className="gap-x-6 py-2.5 md:grid md:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]"
          >
            <dt>
              <code className="font-mono text-[0.875rem] font-semibold break-words">{field.name}</code>
              {field.required && !missing && <span className="ml-2 text-sm text-warn">required</span>}
              <span className="block text-sm text-soft">
                <Type field={field} />
                {[...field.limits, ...(field.required || !missing ? [] : [missing])].map((one) => (
                  <span key={one}>, {one}</span>
                ))}
              </span>
            </dt>
            <dd className="mt-0.5 md:mt-0">
              <Text markdown={field.description} className="text-[0.9375rem]" />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Type({ field: { type, link } }: { field: Field }) {
  if (!link) return type
  const [before, after = ''] = type.split(link)
  return (
    <>
      {before}
      <a href={`#${link}`} className="text-link">
        {link}
      </a>
      {after}
    </>
  )
}
