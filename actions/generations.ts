'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { formAction } from '@/lib/http/form-action'
import { generateForm, placeForm, quotedPrice } from '@/lib/schemas/generations'
import { formKey } from '@/lib/services/attempts'
import { generate, requestStop, saveAsPost } from '@/lib/services/generations'
import { putIntoPost } from '@/lib/services/generations/put-into-post'
import { quotesOf } from '@/lib/services/usage'

/** Takes it on and goes to its page at once: the model is not waited for here. */
export const startGeneration = formAction(generateForm, async (form, { viewer, values }) => {
  const { attempt, quotes, ...input } = form
  try {
    const quoted = quotedPrice(quotes, input.tool)
    const { id } = await generate(viewer, input, { key: formKey(attempt, input), quoted })
    redirect(`/dashboard/generations/${id}`)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    // The price was raised since the page was made: it is asked about again, with the new one on the button.
    revalidatePath('/dashboard/generate')
    return { status: 'error', message: error.message, values: { ...values, quotes: await quotesOf(viewer) } }
  }
})

/** With the post that it was asked for from, if it was, so that the way back there stays. */
const running = z.object({ id: z.uuid(), post: z.union([z.uuid(), z.literal('')]).default('') })

export const stopGeneration = formAction(running, async ({ id, post }, { viewer }) => {
  await requestStop(viewer, id)
  redirect(`/dashboard/generations/${id}${post && `?post=${post}`}`)
})

export const placeInPost = formAction(placeForm, async (placement, { viewer }) => {
  const post = await putIntoPost(viewer, placement)
  redirect(`/dashboard/posts/${post.id}`)
})

export const keepAsPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  const post = await saveAsPost(viewer, id)
  redirect(`/dashboard/posts/${post.id}`)
})
