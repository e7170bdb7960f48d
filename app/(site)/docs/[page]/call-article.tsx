import { fieldsOf, limitsOf, typeOf } from '@/lib/openapi/fields'
import type { Answer, Body, Call, Parameter, Reader } from '@/lib/openapi/reference'
import { LANGUAGES, type Language, sampleOf } from '@/lib/openapi/samples'
import { FieldList } from './field-list'
import { Code, Samples } from './samples'
import { Text } from './text'

type CallProps = { call: Call; reader: Reader }

/** One call: what it is for, who may make it, what it takes, an example, and what it answers. */
export function CallArticle({ call, reader }: CallProps) {
  return (
    <article
      aria-labelledby={call.id}
      className="mt-12 border-t border-line pt-8 first-of-type:border-0 first-of-type:pt-0"
    >
      <h3 id={call.id} className="text-xl">
        {call.summary}
      </h3>
      <p className="mt-2 font-mono text-[0.9375rem] break-all">
        <span className="mr-2 rounded-control bg-wash px-1.5 py-0.5 font-semibold text-accent">
          {call.method}
        </span>
        {call.path}
      </p>
      <Text markdown={call.description} className="mt-4" />
      <Text markdown={whoMay(call)} className="mt-3 text-sm text-soft" />
      <Inputs call={call} reader={reader} />
      <Samples
        of={call.summary}
        programs={
          Object.fromEntries(
            (Object.keys(LANGUAGES) as Language[]).map((language) => [language, sampleOf(call, language)]),
          ) as Record<Language, string>
        }
      />
      <h4 className="mt-6 font-semibold">Answers</h4>
      <dl className="mt-1 divide-y divide-line">
        {call.answers.map((answer) => (
          <AnswerItem key={answer.status} answer={answer} reader={reader} />
        ))}
      </dl>
      <p className="mt-3 max-w-measure text-sm text-soft">
        Problems:{' '}
        {call.problems.map((code, index) => (
          <span key={code}>
            {index > 0 && ', '}
            <a href={`#${code}`} className="text-link">
              {code}
            </a>
          </span>
        ))}
        .
      </p>
    </article>
  )
}

function whoMay({ access, scope }: Call): string {
  if (access === 'public') return 'Anybody may make this call.'
  const key = scope ? `A key needs the scope \`${scope}\`.` : 'Any key will do, whatever its scopes.'
  return access === 'optional' ? `Works without credentials. ${key}` : key
}

const PLACES = [
  { place: 'path', title: 'In the path' },
  { place: 'query', title: 'In the query' },
  { place: 'header', title: 'Headers' },
]

function Inputs({ call: { parameters, body }, reader }: CallProps) {
  return (
    <>
      {PLACES.map(({ place, title }) => {
        const here = parameters.filter((one) => one.in === place)
        return (
          here.length > 0 && (
            <FieldList key={place} title={title} fields={here.map((one) => fieldOf(one, reader))} />
          )
        )
      })}
      {body && (
        <FieldList title={`Body, ${body.type}`} fields={fieldsOf(reader, reader.schema(body.schema))} />
      )}
    </>
  )
}

function fieldOf({ name, required, description, schema }: Parameter, reader: Reader) {
  return { name, required, description, type: typeOf(reader, schema), link: null, limits: limitsOf(schema) }
}

function AnswerItem({
  answer: { status, description, headers, bodies },
  reader,
}: {
  answer: Answer
  reader: Reader
}) {
  return (
    <div className="gap-x-4 py-3 sm:flex">
      <dt className="w-12 shrink-0 font-mono font-semibold">{status}</dt>
      <dd className="min-w-0 flex-1">
        <Text markdown={description} />
        {headers.length > 0 && <p className="mt-1 text-sm text-soft">With {headers.join(', ')}.</p>}
        {bodies.map((body) => (
          <BodyExamples key={body.type} body={body} reader={reader} />
        ))}
      </dd>
    </div>
  )
}

function BodyExamples({ body: { type, schema, examples }, reader }: { body: Body; reader: Reader }) {
  return (
    <div className="mt-2">
      <p className="text-sm text-soft">
        <code>{type}</code>
        <ObjectLinks schema={schema} reader={reader} />
      </p>
      {examples.map(({ name, value }) => (
        <details key={name} className="mt-1">
          <summary className="py-1 text-sm text-accent">
            {examples.length > 1 ? `Example: ${name}` : 'Example'}
          </summary>
          <Code
            title={type}
            text={
              typeof value === 'string'
                ? value.replaceAll('\r\n', '\n').trimEnd()
                : JSON.stringify(value, null, 2)
            }
          />
        </details>
      ))}
    </div>
  )
}

/** Which objects the body is, where they are described by themselves. */
function ObjectLinks({ schema, reader }: { schema: Body['schema']; reader: Reader }) {
  const { contentSchema } = reader.schema(schema) as { contentSchema?: unknown }
  const named = [schema, ...(schema.anyOf ?? []), contentSchema ?? {}].flatMap(
    (one) => reader.nameOf(one) ?? [],
  )
  return named.map((name, index) => (
    <span key={name}>
      {index === 0 ? ': ' : ' or '}
      <a href={`#${name}`} className="text-link">
        {name}
      </a>
    </span>
  ))
}
