export type Chapter = { title: string; links: { id: string; title: string }[] }

/** What is on the page: beside it where there is room, folded away at its top where there is not. */
export function Contents({ chapters }: { chapters: Chapter[] }) {
  return (
    <>
      <details className="mt-6 border-y border-line lg:hidden" data-screen>
        <summary className="py-3 font-medium">On this page</summary>
        <nav aria-label="On this page" className="pb-5 sm:columns-2">
          <Chapters chapters={chapters} />
        </nav>
      </details>
      <nav
        aria-label="On this page"
        className="sticky top-0 hidden max-h-dvh self-start overflow-y-auto overscroll-contain py-6 lg:block"
        data-screen
      >
        <Chapters chapters={chapters} />
      </nav>
    </>
  )
}

function Chapters({ chapters }: { chapters: Chapter[] }) {
  return chapters.map(({ title, links }) => (
    <div key={title} className="mt-5 break-inside-avoid first:mt-0">
      <p className="text-sm font-semibold">{title}</p>
      <ul className="mt-1 border-l border-line">
        {links.map(({ id, title: name }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="-ml-px block border-l border-transparent py-1 pl-3 text-sm break-words text-soft no-underline hover:border-accent hover:text-accent max-lg:py-2"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ))
}
