import type { ReactNode } from 'react'
import type { FormAction } from '@/lib/http/form-state'
import { NavLink } from './nav-link'
import { Account } from './ui/account'
import { Credits } from './ui/credits'
import { Form } from './ui/form'
import { SubmitButton } from './ui/submit'
import { Wordmark } from './wordmark'

type ShellProps = {
  user: { id: string; name: string; credits: number; role: 'writer' | 'operator' }
  logout: FormAction
  children: ReactNode
}

/**
 * The frame of the dashboard: a column at the left of a desk, two rows at the top of a phone. The same
 * elements in either, and the row scrolls sideways, so that nothing has to be opened by script.
 */
export function DashboardShell({ user, logout, children }: ShellProps) {
  return (
    <div className="mx-auto grid min-h-dvh w-full max-w-[84rem] grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_1fr] lg:grid-cols-[14.5rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <header
        data-screen
        className="flex items-center justify-between gap-4 px-4 py-3 sm:px-8 lg:col-start-1 lg:row-start-1 lg:flex-col lg:items-start lg:gap-7 lg:pt-8 lg:pr-4 lg:pl-8"
      >
        <Wordmark href="/dashboard" />
        <div className="flex items-center gap-x-2 text-[0.9375rem] lg:flex-col lg:items-start">
          <p className="leading-snug">
            <span className="hidden font-medium lg:block">{user.name}</span>
            <Credits amount={user.credits} />
          </p>
          <Form action={logout}>
            <SubmitButton variant="quiet" size="sm" className="-mr-3 whitespace-nowrap lg:mr-0 lg:-ml-3">
              Log out
            </SubmitButton>
          </Form>
        </div>
      </header>
      <nav
        aria-label="Dashboard"
        className="flex overflow-x-auto border-b border-line pr-8 pl-1 text-[0.9375rem] sm:pl-5 max-lg:mask-r-from-[calc(100%-2rem)] lg:col-start-1 lg:row-start-2 lg:flex-col lg:border-b-0 lg:py-4 lg:pr-4 lg:pl-3.5"
      >
        {pages.map(({ href, title, exact, operator }) =>
          operator && user.role !== 'operator' ? null : (
            <NavLink key={href} href={href} exact={exact}>
              {title}
            </NavLink>
          ),
        )}
      </nav>
      <main
        id="content"
        tabIndex={-1}
        className="px-4 pt-7 pb-16 sm:px-8 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:border-l lg:border-line lg:px-12 lg:pt-9"
      >
        <Account id={user.id}>{children}</Account>
      </main>
    </div>
  )
}

type Page = { href: string; title: string; exact?: boolean; operator?: boolean }

/** One line a page; `operator` hides it from those it would refuse. */
const pages: Page[] = [
  { href: '/dashboard', title: 'Overview', exact: true },
  { href: '/dashboard/posts', title: 'Posts' },
  { href: '/dashboard/uploads', title: 'Uploads' },
  { href: '/dashboard/generate', title: 'Generate' },
  { href: '/dashboard/projects', title: 'Projects' },
  { href: '/dashboard/credits', title: 'Credits' },
  { href: '/dashboard/settings', title: 'Settings' },
  { href: '/admin', title: 'Admin', operator: true },
]
