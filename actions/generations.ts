'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { formAction } from '@/lib/http/form-action'
import { generateForm, quotedPrice } from '@/lib/schemas/generations'
import { formKey } from '@/lib/services/attempts'
import { generate, requestStop, saveAsPost } from '@/lib/services/generations'
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

export const stopGeneration = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await requestStop(viewer, id)
  redirect(`/dashboard/generations/${id}`)
})

export const keepAsPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  const post = await saveAsPost(viewer, id)
  redirect(`/dashboard/posts/${post.id}`)
})
