import { v5 } from 'uuid'
import { AppError, notFound } from '@/lib/errors'
import { UNTITLED } from '@/lib/schemas/posts'
import { type Placement, patchOf, readFinished } from '@/lib/services/generations/put-into-post'
import { findDraft, rewriteDraft } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/** `version` is the revision of the draft that is to be replaced. */
export type DraftPlacement = Placement & { draft: string }

/**
 * Puts what a generation of the viewer's has written into a draft of theirs. Asked again, it changes nothing.
 *
 * @throws AppError `not_found`; `invalid` while there is no text, or if it has no such place; `precondition_failed` if the
 *   draft was typed on meanwhile.
 */
export async function putIntoDraft(viewer: Viewer, placement: DraftPlacement): Promise<void> {
  const { id, draft, version: revision } = placement
  const generation = await readFinished(viewer, id)
  const before = await findDraft(viewer, draft)
  if (!before || before.postId !== placement.post) throw notFound('draft')
  // Each choice is a sitting of its own, and so known again.
  const sitting = v5(`${placement.place} ${placement.choice}`, generation.id)
  if (before.sitting === sitting) return
  const { title = '', content = '', excerpt = '' } = before.fields
  const patch = patchOf({ title: title.trim() || UNTITLED, content, excerpt }, generation, placement)
  if (!(await rewriteDraft(viewer, { id: draft, revision, sitting }, { ...before.fields, ...patch })))
    throw new AppError('precondition_failed', 'This draft was typed on since you opened this page.', {
      facts: { version: before.revision },
    })
}
