'use server'

import { redirect } from 'next/navigation'
import { formAction } from '@/lib/http/form-action'
import { newId } from '@/lib/ids'
import { draftForm } from '@/lib/schemas/drafts'
import { dropDraft } from '@/lib/services/posts'

/** What another page has written into it since stays, and is offered again. */
export const discardDraft = formAction(draftForm, async ({ draft, post }, { viewer }) => {
  await dropDraft(viewer, draft)
  // The address is another one each time, and so the form a new one.
  redirect(post ? `/dashboard/posts/${post}?saved=${newId()}` : '/dashboard/posts')
})
