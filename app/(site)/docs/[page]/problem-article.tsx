import { fieldsOf } from '@/lib/openapi/fields'
import type { Reader } from '@/lib/openapi/reference'
import { FieldList } from './field-list'
import type { ProblemText } from './problems'
import { Text } from './text'

/** One code: when it comes, and the facts that come with it. */
export function ProblemArticle({ problem, reader }: { problem: ProblemText; reader: Reader }) {
  const { code, status, title, when, schema } = problem
  const common = reader.schemas.get('Problem')?.properties ?? {}
  const own = reader.schemas.get(schema)
  const facts = own ? fieldsOf(reader, own).filter(({ name }) => !(name in common)) : []
  return (
    <article
      id={code}
      aria-labelledby={`${code}-title`}
      className="-mx-4 mt-2 border-l-2 border-transparent px-4 py-4 target:border-accent target:bg-wash"
    >
      <h3 id={`${code}-title`} className="flex flex-wrap items-baseline gap-x-3 text-lg">
        <code className="font-mono text-base font-semibold break-all">{code}</code>
        <span className="font-sans text-sm font-normal text-soft">
          {status}, {title}
        </span>
      </h3>
      <Text markdown={when} className="mt-1" />
      <FieldList fields={facts} missing="not always there" />
    </article>
  )
}
