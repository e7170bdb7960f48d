import type { Heading } from '@/lib/markdown'

/** From how many headings on a text needs a table of them. */
const ENOUGH = 3
/** Deeper ones say too little by themselves. */
const DEEPEST = 3

/** The table of contents of a post, closed until it is asked for. */
export function Contents({ headings }: { headings: readonly Heading[] }) {
  const shown = headings.filter(({ depth, text }) => depth <= DEEPEST && text.trim())
  if (shown.length < ENOUGH) return null
  return (
    <nav aria-label="Contents" data-screen className="mb-8">
      <details className="rounded-control border border-line bg-leaf px-5 py-3">
        <summary className="text-soft">Contents</summary>
        <ol className="mt-2 mb-1">
          {shown.map(({ id, text, depth }) => (
            <li key={id} className={depth === DEEPEST ? 'pl-5' : ''}>
              <a href={`#${id}`} className="inline-block py-1 text-ink hover:text-accent">
                {text}
              </a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  )
}
