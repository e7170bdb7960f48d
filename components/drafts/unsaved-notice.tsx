import { discardDraft } from '@/actions/drafts'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import type { PostDraft } from '@/lib/services/posts'

/** Says that the editor below it shows what was typed and not saved. */
export function UnsavedNotice({ draft }: { draft: PostDraft }) {
  return (
    <Notice
      role="status"
      tone="warning"
      className="mb-6 flex max-w-3xl flex-wrap items-center justify-between gap-3"
    >
      <p>
        This is what you typed and did not save, kept <Time value={draft.updatedAt} />.{' '}
        {/* Loaded anew, so that the form is filled anew. */}
        {draft.postId && (
          <a href={`/dashboard/posts/${draft.postId}?saved=1`} className="underline">
            See what is saved
          </a>
        )}
      </p>
      {/* Which draft it is, the editor tells: it may have been typed on. */}
      <Form action={discardDraft} id={DISCARD_FORM}>
        <Hidden name="post" value={draft.postId ?? ''} />
        <SubmitButton variant="secondary" size="sm">
          Discard it
        </SubmitButton>
      </Form>
    </Notice>
  )
}

export const DISCARD_FORM = 'discard'
