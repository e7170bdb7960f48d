import { fieldsOf } from '@/lib/openapi/fields'
import type { Reader, Schema } from '@/lib/openapi/reference'
import { FieldList } from './field-list'
import { Text } from './text'

type ObjectProps = { name: string; schema: Schema; reader: Reader }

/** An object that bodies are made of: its fields, or what it is one of. */
export function ObjectArticle({ name, schema, reader }: ObjectProps) {
  const oneOf = (schema.oneOf ?? []).flatMap((one) => reader.nameOf(one) ?? [])
  return (
    <article aria-labelledby={name} className="mt-10">
      <h3 id={name} className="font-mono text-lg font-semibold">
        {name}
      </h3>
      {schema.description && <Text markdown={schema.description} className="mt-1 text-soft" />}
      {oneOf.length > 0 && (
        <Text markdown={`One of ${oneOf.map((one) => `[${one}](#${one})`).join(', ')}.`} />
      )}
      <FieldList fields={fieldsOf(reader, schema)} missing="not always there" />
    </article>
  )
}
