import { ChangedText } from '@/components/changed-text'
import type { PostVersion } from '@/lib/services/posts'

/** What has become of a post from one version to another. */
export function Comparison({ from, to }: { from: PostVersion; to: PostVersion }) {
  const parts = (['title', 'excerpt', 'content'] as const).filter((name) => from[name] !== to[name])
  return (
    <section
      aria-label={`Version ${from.version} and version ${to.version}`}
      className="mb-8 rounded-control border border-line bg-leaf px-5 py-6 sm:px-8"
    >
      <h2 className="mb-4 text-xl">
        From version {from.version} to version {to.version}
      </h2>
      {parts.length === 0 && <p className="text-soft">They say the same.</p>}
      {parts.map((name) => (
        <div key={name} className="mt-5 first-of-type:mt-0">
          <h3 className="mb-1 font-sans text-sm font-medium text-soft">{NAMES[name]}</h3>
          <ChangedText before={from[name]} after={to[name]} />
        </div>
      ))}
    </section>
  )
}

const NAMES = { title: 'Title', excerpt: 'Excerpt', content: 'Content' }
