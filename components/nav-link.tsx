'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type NavLinkProps = { href: string; exact?: boolean | undefined; children: ReactNode }

/** A link that knows when it is where we are. A folder's link also stands for the pages in it. */
export function NavLink({ href, exact = false, children }: NavLinkProps) {
  const path = usePathname()
  const here = path === href
  const inside = !exact && path.startsWith(`${href}/`)
  return (
    // These pages are made anew for each request, so there is nothing that could be fetched ahead.
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? 'page' : inside ? 'true' : undefined}
      className={look}
    >
      {children}
    </Link>
  )
}

const look =
  'flex min-h-11 items-center border-b-2 border-transparent px-3 whitespace-nowrap text-soft no-underline hover:text-ink ' +
  'aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-accent ' +
  // On a phone the row begins where we are, in browsers that know how; elsewhere at its start.
  'aria-[current]:[scroll-initial-target:nearest] ' +
  'lg:min-h-10 lg:border-b-0 lg:border-l-2 lg:pl-4'
