'use server'

import { redirect } from 'next/navigation'
import { formAction } from '@/lib/http/form-action'
import { draftForm } from '@/lib/schemas/drafts'
import { dropDraft, findDraft } from '@/lib/services/posts'

export const discardDraft = formAction(draftForm, async ({ id }, { viewer }) => {
  const draft = await findDraft(viewer, id)
  await dropDraft(viewer, id)
  // The address is another one each time, and so the form a new one.
  redirect(draft?.postId ? `/dashboard/posts/${draft.postId}?saved=${id}` : '/dashboard/posts')
})
