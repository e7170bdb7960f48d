'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { refuseOnce } from '@/lib/http/collisions'
import { formAction } from '@/lib/http/form-action'
import type { FormState } from '@/lib/http/form-state'
import { askFor } from '@/lib/http/post-form/ask-for'
import { putTogether, showOtherVersion } from '@/lib/http/post-form/collide'
import { keepOfGone } from '@/lib/http/post-form/keep-typed'
import { saveTyped } from '@/lib/http/post-form/save-typed'
import { type PostForm, postForm, versionForm } from '@/lib/schemas/posts'
import {
  deletePost,
  dropDraft,
  publishesSilentCover,
  renderPost,
  restorePost,
  restoreVersion,
} from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/** The editor: its buttons differ in `intent`. */
export const savePost = formAction(postForm, async (input, { viewer, values }) => {
  if (input.intent === 'preview')
    return { values, unchanged: true, data: { preview: (await renderPost(input.content)).html } }
  if (input.intent === 'merge') return putTogether(viewer, input, values)
  try {
    if (await publishesSilentCover(viewer, input)) return refuseCover(values)
    if (input.intent.startsWith('generate-')) return await askFor(viewer, input, values)
    const { id } = await saveTyped(viewer, input, values)
    await dropDraft(viewer, input.draft)
    redirect(`/dashboard/posts/${id}`)
  } catch (error) {
    return afterSaveElsewhere(error, viewer, input, values)
  }
})

export const removePost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await deletePost(viewer, id)
  redirect(`/dashboard/posts?deleted=${id}`)
})

export const putBackPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await restorePost(viewer, id)
  redirect(`/dashboard/posts/${id}`)
})

/** Sent twice, it makes one new version: the second finds that the first has done it. */
export const putBackVersion = formAction(versionForm, async (input, { viewer, values }) => {
  const { id, version, current } = input
  try {
    const { leftOut } = await restoreVersion(viewer, id, version, current)
    const rest = new URLSearchParams(leftOut.map((what) => ['left', what]))
    redirect(`/dashboard/posts/${id}${rest.size > 0 ? `?${rest}` : ''}`)
  } catch (error) {
    return refuseOnce(error, values, 'current', 'Load this page again to see what was saved')
  }
})

async function afterSaveElsewhere(
  error: unknown,
  viewer: Viewer,
  input: PostForm,
  values: FormState['values'],
): Promise<Partial<FormState>> {
  const code = input.id && error instanceof AppError ? error.code : null
  if (code === 'precondition_failed') return showOtherVersion(viewer, input, values)
  if (code === 'not_found') return keepOfGone(viewer, input, values)
  throw error
}

/** Nothing is saved. What stands under Alt text may be said of another picture, if it is not empty. */
function refuseCover(values: FormState['values']): Partial<FormState> {
  const message = 'Nobody has said yet what this cover shows. Write it under Alt text, or choose no cover.'
  return {
    status: 'error',
    values: { ...values, coverAlt: '' },
    errors: { coverUploadId: message },
    message,
  }
}
