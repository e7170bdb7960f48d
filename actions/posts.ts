'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { formAction } from '@/lib/http/form-action'
import type { FormState } from '@/lib/http/form-state'
import { renderMarkdown } from '@/lib/markdown'
import {
  type NewPost,
  type PostExtras,
  type PostForm,
  type PostPatch,
  type PostView,
  postForm,
  versionForm,
} from '@/lib/schemas/posts'
import { formKey } from '@/lib/services/attempts'
import { createPost, deletePost, restorePost, restoreVersion, updatePost } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/** The editor: its buttons differ in `intent`. */
export const savePost = formAction(postForm, async (input, { viewer, values }) => {
  const { title, content, excerpt, coverUploadId, tags, slug } = input
  if (input.intent === 'preview') return { values, data: { preview: await renderMarkdown(content) } }
  const change = { title, content, excerpt, tags, slug, ...changeOf(input) }
  let post: PostView
  try {
    post = input.id
      ? await updatePost(viewer, input.id, { ...change, coverUploadId }, [input.version])
      : await createNew(
          viewer,
          { ...change, status: change.status ?? 'draft', coverUploadId: coverUploadId ?? null },
          input.attempt,
        )
  } catch (error) {
    if (isCollision(error)) return refuseCollision(error, values)
    throw error
  }
  redirect(`/dashboard/posts/${post.id}`)
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
export const putBackVersion = formAction(versionForm, async ({ id, version, current }, { viewer }) => {
  await restoreVersion(viewer, id, version, current)
  redirect(`/dashboard/posts/${id}`)
})

/** What the pressed button says of the post itself. */
function changeOf({ intent, publishAt }: PostForm): Pick<PostPatch & PostExtras, 'status' | 'publishAt'> {
  switch (intent) {
    case 'publish':
      return { status: 'published' }
    case 'unpublish':
      return { status: 'draft' }
    case 'schedule':
      return { publishAt }
    case 'unschedule':
      return { publishAt: null }
    default:
      return {}
  }
}

function createNew(viewer: Viewer, post: NewPost & PostExtras, attempt: string) {
  return createPost(viewer, post, formKey(attempt, post))
}

function isCollision(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'precondition_failed'
}

/** Nothing is saved. The form now knows of the other version, so that sending it again is a decision. */
function refuseCollision({ facts }: AppError, values: FormState['values']): Partial<FormState> {
  return {
    status: 'error',
    values: { ...values, version: String(facts.version) },
    message:
      'It was saved elsewhere since you opened it. What you typed is below, and not saved. Save again to put it in the place of the other version, which stays in the history.',
  }
}
