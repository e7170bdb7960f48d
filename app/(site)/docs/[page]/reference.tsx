import type { Reader } from '@/lib/openapi/reference'
import { TAGS } from '@/lib/openapi/tags'
import { CallArticle } from './call-article'
import { type Chapter, Contents } from './contents'
import { guide } from './guide'
import { GuideSection } from './guide-section'
import { LanguageSwitch } from './languages'
import { ObjectArticle } from './object-article'
import { Part } from './part'
import { ProblemArticle } from './problem-article'
import { problems } from './problems'

/** The guide, every call, every object and every error, on one page that can be searched and linked into. */
export function Reference({ reader, address }: { reader: Reader; address: string }) {
  const sections = guide(address)
  const objects = [...reader.schemas]
    .filter(([name]) => !name.endsWith('Problem') || name === 'Problem')
    .sort(([a], [b]) => a.localeCompare(b))
  const tags = Object.entries(TAGS).map(([tag, description]) => ({
    tag,
    description,
    calls: reader.calls.filter((call) => call.tag === tag),
  }))
  const chapters: Chapter[] = [
    { title: 'Guide', links: sections.map(({ id, title }) => ({ id, title })) },
    ...tags.map(({ tag, calls }) => ({
      title: tag,
      links: calls.map(({ id, summary }) => ({ id, title: summary })),
    })),
    { title: 'Objects', links: objects.map(([name]) => ({ id: name, title: name })) },
    { title: 'Errors', links: problems().map(({ code }) => ({ id: code, title: code })) },
  ]
  return (
    <div className="reference grid gap-x-14 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <header className="lg:col-span-2">
        <h1 className="text-[clamp(2.2rem,1.5rem+3.2vw,3.5rem)] leading-tight">API reference</h1>
        <p className="rule-double mt-3 pb-5 font-serif text-lg text-soft">
          Posts, generation and the meter, for other programs. For tools:{' '}
          <a href="/api/openapi.json" className="text-link">
            the OpenAPI 3.1 document
          </a>{' '}
          that this page is made from.
        </p>
      </header>
      <Contents chapters={chapters} />
      <div className="min-w-0">
        <LanguageSwitch />
        {sections.map((section) => (
          <GuideSection key={section.id} section={section} />
        ))}
        {tags.map(({ tag, description, calls }) => (
          <Part key={tag} id={`calls-${tag.toLowerCase()}`} title={tag} lede={description}>
            {calls.map((call) => (
              <CallArticle key={call.id} call={call} reader={reader} />
            ))}
          </Part>
        ))}
        <Part
          id="objects"
          title="Objects"
          lede="What is in the bodies. More fields may be added: ignore those you don’t know."
        >
          {objects.map(([name, schema]) => (
            <ObjectArticle key={name} name={name} schema={schema} reader={reader} />
          ))}
        </Part>
        <Part
          id="errors"
          title="Errors"
          lede="Every refusal is a problem document with one of these codes. Its `type` leads here."
        >
          {problems().map((problem) => (
            <ProblemArticle key={problem.code} problem={problem} reader={reader} />
          ))}
        </Part>
      </div>
    </div>
  )
}
