import type { ReactNode } from 'react'

/** What stands where a list would: why there is nothing, and the one thing to do about it. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="border-y border-line px-4 py-12 text-center">
      <p className="font-serif text-xl">{title}</p>
      {children && <div className="mx-auto mt-2 max-w-measure text-soft">{children}</div>}
      {action && <div className="mt-6">{action}</div>}
    </div>
  )
}
