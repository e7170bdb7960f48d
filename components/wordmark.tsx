import Link from 'next/link'

/** The name of the house, with its drop of ink. Leads home, wherever home is for who is looking. */
export function Wordmark({ href = '/' }: { href?: string }) {
  return (
    <Link
      href={href}
      className="inline-flex items-center gap-2 rounded-control py-1 font-serif text-2xl leading-none font-semibold text-ink no-underline hover:text-accent"
    >
      <svg viewBox="0 0 16 20" className="h-5 w-4 fill-accent" aria-hidden="true">
        <path d="M8 0C8 0 1 8.2 1 13a7 7 0 0 0 14 0C15 8.2 8 0 8 0Zm-4 12.5a.9.9 0 0 1 1.8 0 2.9 2.9 0 0 0 2.200 2.9.9.9 0 0 1-.4 1.75A4.7 4.7 0 0 1 4 12.5Z" />
      </svg>
      Inkwell
    </Link>
  )
}
