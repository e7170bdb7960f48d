import { CopyButton } from '@/components/copy-button'
import { LANGUAGES, type Language } from '@/lib/openapi/samples'

/** One program in each language, of which the page shows the one that was chosen. */
export function Samples({ of: what, programs }: { of: string; programs: Record<Language, string> }) {
  return (Object.keys(LANGUAGES) as Language[]).map((language) => (
    <Code
      key={language}
      language={language}
      title={`${what}, ${LANGUAGES[language]}`}
      text={programs[language]}
    />
  ))
}

type CodeProps = { title: string; text: string; language?: Language }

/** Code to be copied. */
export function Code({ title, text, language }: CodeProps) {
  return (
    <figure data-language={language} className="code mt-4 rounded-control border border-line bg-leaf">
      <figcaption className="flex min-h-11 items-center justify-between gap-3 border-b border-line py-1 pr-1 pl-4 text-sm text-soft">
        {title}
        <CopyButton of={title} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="overflow-x-auto px-4 py-3 text-[0.8125rem] leading-relaxed">
        <code className="font-mono">{text}</code>
      </pre>
    </figure>
  )
}
