import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { PostDraft } from '@/lib/services/posts'

/** What was typed at new posts that were never saved. */
export function NewDrafts({ drafts }: { drafts: Pick<PostDraft, 'id' | 'fields' | 'updatedAt'>[] }) {
  if (drafts.length === 0) return null
  return (
    <Notice title="Not saved yet" className="mb-6 max-w-3xl">
      <ul className="mt-1 space-y-1">
        {drafts.map(({ id, fields: { title, content }, updatedAt }) => (
          <li key={id}>
            <a href={`/dashboard/posts/new?draft=${id}`} className="text-link font-serif text-lg">
              {title?.trim() || content?.trim().slice(0, 60) || 'Without a title'}
            </a>{' '}
            <span className="text-sm text-soft">
              kept <Time value={updatedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
