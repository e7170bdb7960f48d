import type { ReactNode } from 'react'

type TableProps = {
  /** What the table holds, for those who hear it rather than see it. */
  caption: string
  /** `thead` and `tbody`; a cell of figures takes `data-figure`. */
  children: ReactNode
}

/** A ledger page. Wider than the screen, it scrolls by itself, and can be reached by keyboard to do so. */
export function Table({ caption, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={caption} tabIndex={0} className="scroll-cue">
      <table className={look}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  )
}

const look =
  'w-full border-collapse text-[0.9375rem] sm:[&_td:first-child]:min-w-44 [&_:is(td,th):last-child]:pr-0 [&_td]:border-b [&_td]:border-line [&_td]:py-2.5 [&_td]:pr-5 [&_td]:align-top ' +
  '[&_th]:border-b-2 [&_th]:border-edge [&_th]:py-2 [&_th]:pr-5 [&_th]:text-left [&_th]:text-sm [&_th]:font-semibold [&_th]:text-soft ' +
  '[&_[data-figure]]:text-right [&_[data-figure]]:tabular-nums [&_[data-figure]]:whitespace-nowrap'
