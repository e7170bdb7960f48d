import type { Neighbour } from '@/lib/services/posts'

/** What to read next: what was published before and after this, and the list. */
export function Neighbours({ previous, next }: { previous: Neighbour | null; next: Neighbour | null }) {
  return (
    <nav
      aria-label="More posts"
      data-screen
      className="mx-auto mt-12 grid max-w-measure gap-x-8 gap-y-4 border-t border-line pt-6 sm:grid-cols-2"
    >
      {previous && <Way to={previous} rel="prev" label="Previous" />}
      {next && <Way to={next} rel="next" label="Next" className="sm:col-start-2 sm:text-right" />}
      <p className="sm:col-span-2">
        <a href="/posts" className="text-link">
          All posts
        </a>
      </p>
    </nav>
  )
}

type WayProps = { to: Neighbour; rel: string; label: string; className?: string }

function Way({ to, rel, label, className = '' }: WayProps) {
  return (
    <p className={`min-w-0 ${className}`}>
      <span className="block text-sm text-soft">{label}</span>
      <a href={`/posts/${to.slug}`} rel={rel} className="text-link font-serif text-lg">
        {to.title}
      </a>
    </p>
  )
}
