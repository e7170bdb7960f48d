import type { ReactNode } from 'react'
import { Wordmark } from '@/components/wordmark'

/** A single sheet in the middle of the desk, with nothing beside it to distract. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 pt-8 pb-16 sm:pt-[12vh]">
      <header className="mb-6 flex justify-center">
        <Wordmark />
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="rounded-control border border-line bg-leaf px-5 py-7 sm:px-9 sm:py-9"
      >
        {children}
      </main>
    </div>
  )
}
