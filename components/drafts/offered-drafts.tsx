import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import type { PostDraft } from '@/lib/services/posts'

/** What was typed at a post and not saved, and is not what the editor below shows. */
export function OfferedDrafts({ drafts }: { drafts: readonly PostDraft[] }) {
  if (drafts.length === 0) return null
  return (
    <Notice title="Typed here and not saved" className="mb-6 max-w-3xl">
      <ul className="mt-1 space-y-1">
        {drafts.map(({ id, postId, base, updatedAt }) => (
          <li key={id}>
            {/* Loaded anew, so that the form is filled anew. */}
            <a href={`/dashboard/posts/${postId}?draft=${id}`} className="underline">
              What you changed in version {base}
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
