import { redirect } from 'next/navigation'
import type { FormState } from '@/lib/http/form-state'
import { newId } from '@/lib/ids'
import { DRAFT_FIELDS } from '@/lib/schemas/drafts'
import type { PostForm } from '@/lib/schemas/posts'
import { type DraftPlace, keepDraft } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Keeps what was typed into the editor’s form as a draft, in the row that the form knows. Sent again, it is the same.
 *
 * @returns where, and the sitting that it was kept for.
 */
export async function keepTyped(
  viewer: Viewer,
  { draft, id, base }: Pick<PostForm, 'draft' | 'id' | 'base'>,
  values: FormState['values'],
): Promise<DraftPlace & { sitting: string }> {
  const fields = DRAFT_FIELDS.flatMap((name) => {
    const value = values[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  const mark = draft ?? { id: newId(), sitting: newId(), revision: 0 }
  const kept = await keepDraft(viewer, {
    ...mark,
    postId: id || null,
    base,
    fields: Object.fromEntries(fields),
  })
  return { ...kept, sitting: mark.sitting }
}

/** Deleted in another tab, the post has no page any more that could show the form: what was typed is kept as a draft. */
export async function keepOfGone(
  viewer: Viewer,
  { draft }: PostForm,
  values: FormState['values'],
): Promise<never> {
  const { id } = await keepTyped(viewer, { draft, id: '', base: 0 }, values)
  redirect(`/dashboard/posts/new?draft=${id}&gone`)
}
