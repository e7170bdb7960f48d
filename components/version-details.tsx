import type { VersionDetails } from '@/lib/services/posts'

/** What stood beside the words of a version, under the names of the editor's fields; empty for what it had none of. */
export function detailsInWords({ tags, slug, cover }: VersionDetails): Record<string, string> {
  return {
    Tags: tags.join(', '),
    Address: slug,
    Cover: cover ? (cover.filename ?? 'A picture that is deleted') : '',
  }
}

type DetailListProps = { details: VersionDetails | null; className?: string }

/** The same as a list; null stands for a version from before it was kept. */
export function VersionDetailList({ details, className = '' }: DetailListProps) {
  if (!details) {
    return (
      <p className={`text-sm text-soft ${className}`}>
        Its tags, address and cover were not kept then. Restoring it leaves those of the post as they are.
      </p>
    )
  }
  return (
    <dl className={`grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm ${className}`}>
      {Object.entries(detailsInWords(details)).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="min-w-0 break-words">{value || 'None'}</dd>
        </div>
      ))}
    </dl>
  )
}
