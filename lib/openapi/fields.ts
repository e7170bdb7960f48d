import type { Reader, Schema } from '@/lib/openapi/reference'

/** A field of an object as the reference shows it; one within another has the outer one's name before its own. */
export type Field = {
  /** `usage.inputTokens`, `tools[].tool`. */
  name: string
  /** `string`, `"draft" or "published"`, `integer or null`, or the name of an object that is described elsewhere. */
  type: string
  /** The object that the type names, if it does. */
  link: string | null
  required: boolean
  description: string
  /** What else must be so, in words: `at most 200 characters`. */
  limits: string[]
}

/** The fields of an object's schema, one after the other, those of unnamed objects in it included. */
export function fieldsOf(reader: Reader, schema: Schema, prefix = ''): Field[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const { inner, suffix } = unwrap(reader, given)
    const link = reader.nameOf(inner)
    const field: Field = {
      name: prefix + name,
      type: typeOf(reader, given),
      link,
      required: required.has(name),
      description: reader.schema(given).description ?? '',
      limits: limitsOf(reader.schema(given)),
    }
    const within = link ? [] : fieldsOf(reader, reader.schema(inner), `${prefix}${name}${suffix}.`)
    return [field, ...within]
  })
}

/** What a list is a list of. */
function unwrap(reader: Reader, given: unknown): { inner: unknown; suffix: string } {
  const schema = reader.schema(given)
  return schema.type === 'array' ? { inner: schema.items, suffix: '[]' } : { inner: given, suffix: '' }
}

/** A schema in words. */
export function typeOf(reader: Reader, given: unknown): string {
  const name = reader.nameOf(given)
  if (name) return name
  const schema = reader.schema(given)
  const several = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (several.length > 0) return several.map((one) => typeOf(reader, one)).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return listed(schema.enum.map((value) => JSON.stringify(value)))
  if (schema.type === 'array') return `list of ${typeOf(reader, schema.items)}`
  return schema.format ? (FORMATS[schema.format] ?? String(schema.type)) : String(schema.type ?? 'any')
}

/** `"a", "b" or "c"`. */
function listed(all: string[]): string {
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} or ${all.at(-1)}` : all.join()
}

const FORMATS: Record<string, string> = {
  uuid: 'UUID',
  'date-time': 'time (RFC 3339)',
  email: 'email address',
  uri: 'URL',
  binary: 'file',
}

/** The bounds of a schema in words, and what it is when left out. */
export function limitsOf({
  type,
  minLength,
  maxLength,
  minimum,
  maximum,
  default: fallback,
}: Schema): string[] {
  const number = (value: number) => value.toLocaleString('en')
  return [
    minLength && type === 'string'
      ? minLength === 1
        ? 'not empty'
        : `at least ${minLength} characters`
      : null,
    maxLength ? `at most ${number(maxLength)} characters` : null,
    minimum !== undefined && maximum !== undefined ? `${number(minimum)} to ${number(maximum)}` : null,
    minimum !== undefined && maximum === undefined && minimum > 0 ? `${number(minimum)} or more` : null,
    fallback !== undefined && fallback !== '' && fallback !== null
      ? `${JSON.stringify(fallback)} if left out`
      : null,
  ].filter((one) => one !== null)
}
