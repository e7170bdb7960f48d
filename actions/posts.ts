'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { formAction } from '@/lib/http/form-action'
import { revalidatePublic } from '@/lib/http/revalidate'
import { renderMarkdown } from '@/lib/markdown'
import { postForm } from '@/lib/schemas/posts'
import { createPost, deletePost, restorePost, updatePost } from '@/lib/services/posts'

/** The editor: its buttons differ in `intent`. */
export const savePost = formAction(postForm, async (input, { viewer, values }) => {
  const { title, content, excerpt } = input
  if (input.intent === 'preview') return { values, data: { preview: renderMarkdown(content) } }
  const status = ({ publish: 'published', unpublish: 'draft', save: undefined } as const)[input.intent]
  const post = input.id
    ? await updatePost(viewer, input.id, { title, content, excerpt, ...(status ? { status } : {}) }, [
        input.version,
      ]).catch(explainCollision)
    : await createPost(
        viewer,
        { title, content, excerpt, status: status ?? 'draft', coverUploadId: null },
        input.attempt ? `form:${input.attempt}` : null,
      )
  revalidatePublic(post)
  redirect(`/dashboard/posts/${post.id}`)
})

export const removePost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  revalidatePublic(await deletePost(viewer, id))
  redirect(`/dashboard/posts?deleted=${id}`)
})

export const putBackPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  revalidatePublic(await restorePost(viewer, id))
  redirect(`/dashboard/posts/${id}`)
})

function explainCollision(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
  const detail =
    'It was saved elsewhere since you opened it. What you typed is below, and not saved: compare it with the saved version.'
  throw new AppError('precondition_failed', detail, { facts: error.facts, cause: error })
}
