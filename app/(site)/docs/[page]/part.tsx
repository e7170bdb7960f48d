import type { ReactNode } from 'react'
import { Text } from './text'

type PartProps = { id: string; title: string; lede: string; children: ReactNode }

/** A part of the reference, under a heading of its own. */
export function Part({ id, title, lede, children }: PartProps) {
  return (
    <section aria-labelledby={id} className="mt-20">
      <h2 id={id} className="rule-double pb-3 text-3xl">
        {title}
      </h2>
      <Text markdown={lede} className="mt-3 text-soft" />
      {children}
    </section>
  )
}
