import type { ReactNode } from 'react'

type PageHeaderProps = { title: string; lede?: ReactNode; children?: ReactNode }

/** The head of a page in the dashboard: its title, a sentence about it, and what can be done here. */
export function PageHeader({ title, lede, children }: PageHeaderProps) {
  return (
    <div className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div>
        <h1 className="text-3xl">{title}</h1>
        {lede && <p className="mt-2 max-w-measure text-soft">{lede}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-3">{children}</div>}
    </div>
  )
}
