import Link from 'next/link'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { Wordmark } from '@/components/wordmark'
import { FEEDS } from '@/lib/syndication/feed'

/** The frame of the public site. It asks nothing about the visitor, so that its pages stay static. */
export default function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-8">
      {Object.values(FEEDS).map(({ path, type }) => (
        <link key={path} rel="alternate" type={type} href={path} title="Inkwell" />
      ))}
      <header
        data-screen
        className="rule-double mx-auto flex w-full max-w-page flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3"
      >
        <Wordmark />
        <nav aria-label="Site" className="-ml-2.5 flex items-center gap-1 sm:ml-0">
          <a href="/posts" className={link}>
            Posts
          </a>
          <Link href="/login" className={link}>
            Log in
          </Link>
          <ButtonLink href="/signup" size="sm" className="ml-2">
            Sign up
          </ButtonLink>
        </nav>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page flex-1 py-10 sm:py-14">
        {children}
      </main>
      <footer
        data-screen
        className="mx-auto flex w-full max-w-page flex-wrap justify-between gap-x-8 gap-y-2 border-t border-line py-6 text-sm text-soft"
      >
        <p>Inkwell, a writing studio that keeps its books.</p>
        <nav aria-label="About" className="flex gap-x-6">
          <Link href="/docs/api" prefetch={false} className="text-link">
            API reference
          </Link>
          <a href={FEEDS.rss.path} className="text-link">
            Feed
          </a>
        </nav>
      </footer>
    </div>
  )
}

const link =
  'inline-flex min-h-11 items-center rounded-control px-2.5 text-[0.9375rem] text-ink no-underline hover:text-accent hover:underline sm:px-3'
