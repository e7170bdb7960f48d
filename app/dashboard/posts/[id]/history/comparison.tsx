import type { ReactNode } from 'react'
import { ChangedText } from '@/components/changed-text'
import { detailsInWords } from '@/components/version-details'
import type { PostVersion } from '@/lib/services/posts'

/** What has become of a post, and of what stands beside its words, from one version to another. */
export function Comparison({ from, to }: { from: PostVersion; to: PostVersion }) {
  const parts = (['title', 'excerpt', 'content'] as const).filter((name) => from[name] !== to[name])
  const details = changedDetails(from, to)
  const unknown = [from, to].filter((one) => one.details === null)
  return (
    <section
      aria-label={`Version ${from.version} and version ${to.version}`}
      className="mb-8 rounded-control border border-line bg-leaf px-5 py-6 sm:px-8"
    >
      <h2 className="mb-4 text-xl">
        From version {from.version} to version {to.version}
      </h2>
      {parts.length + details.length === 0 && <p className="text-soft">They say the same.</p>}
      {parts.map((name) => (
        <Part key={name} name={NAMES[name]}>
          <ChangedText before={from[name]} after={to[name]} />
        </Part>
      ))}
      {details.map(({ name, before, after }) => (
        <Part key={name} name={name}>
          <p className="break-words">
            <del className="bg-danger-wash text-danger">{before || 'None'}</del>{' '}
            <ins className="bg-good-wash text-good decoration-1 underline-offset-4">{after || 'None'}</ins>
          </p>
        </Part>
      ))}
      {unknown.length > 0 && (
        <p className="mt-5 text-sm text-soft">
          Tags, address and cover were not kept with version{' '}
          {[...new Set(unknown.map(({ version }) => version))].join(' and ')}.
        </p>
      )}
    </section>
  )
}

const NAMES = { title: 'Title', excerpt: 'Excerpt', content: 'Content' }

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="mt-5 first-of-type:mt-0">
      <h3 className="mb-1 font-sans text-sm font-medium text-soft">{name}</h3>
      {children}
    </div>
  )
}

/** Two pictures may have one name: they are still two. */
function changedDetails(from: PostVersion, to: PostVersion) {
  if (!from.details || !to.details) return []
  const [before, after] = [detailsInWords(from.details), detailsInWords(to.details)]
  const otherCover = from.details.cover?.id !== to.details.cover?.id
  return Object.keys(before)
    .filter((name) => (name === 'Cover' ? otherCover : before[name] !== after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }))
}
