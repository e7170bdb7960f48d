'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { formAction } from '@/lib/http/form-action'
import { generateForm } from '@/lib/schemas/generations'
import { generate, requestStop, saveAsPost } from '@/lib/services/generations'

/** Takes it on and goes to its page at once: the model is not waited for here. */
export const startGeneration = formAction(generateForm, async ({ attempt, ...input }, { viewer }) => {
  const { id } = await generate(viewer, input, {
    key: attempt ? `form:${attempt}` : null,
  })
  redirect(`/dashboard/generations/${id}`)
})

export const stopGeneration = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await requestStop(viewer, id)
  redirect(`/dashboard/generations/${id}`)
})

export const keepAsPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  const post = await saveAsPost(viewer, id)
  redirect(`/dashboard/posts/${post.id}`)
})
