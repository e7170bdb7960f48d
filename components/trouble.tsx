import type { ReactNode } from 'react'

/** A page that has one thing to say, because the one that was asked for could not be shown. */
export function Trouble({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-measure px-4 py-[14vh]">
      <h1 className="rule-double pb-5 text-3xl sm:text-4xl">{title}</h1>
      <div className="mt-6 flex flex-col items-start gap-5 font-serif text-lg">{children}</div>
    </main>
  )
}
