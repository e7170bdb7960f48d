import type { ReactNode } from 'react'

type SectionProps = { title: string; lede?: ReactNode; children: ReactNode }

/** A part of a page under its own heading, parted from the one before by a hairline. */
export function Section({ title, lede, children }: SectionProps) {
  return (
    <section className="mt-10 border-t border-line pt-8 first:mt-0 first:border-0 first:pt-0">
      <h2 className="text-xl">{title}</h2>
      {lede && <p className="mt-1 max-w-measure text-soft">{lede}</p>}
      <div className="mt-5">{children}</div>
    </section>
  )
}
