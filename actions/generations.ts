'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { refuseOnce } from '@/lib/http/collisions'
import { formAction } from '@/lib/http/form-action'
import { generateForm, placeForm, quotedPrice } from '@/lib/schemas/generations'
import { formKey } from '@/lib/services/attempts'
import { generate, requestStop, saveAsPost } from '@/lib/services/generations'
import { putIntoDraft } from '@/lib/services/generations/put-into-draft'
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
const idOrNone = z.union([z.uuid(), z.literal('')]).default('')
const running = z.object({ id: z.uuid(), post: idOrNone, draft: idOrNone })

export const stopGeneration = formAction(running, async ({ id, post, draft }, { viewer }) => {
  await requestStop(viewer, id)
  const way = new URLSearchParams(Object.entries({ post, draft }).filter(([, value]) => value))
  redirect(`/dashboard/generations/${id}${way.size > 0 ? `?${way}` : ''}`)
})

export const placeInPost = formAction(placeForm, async (placement, { viewer, values }) => {
  const { post, draft } = placement
  try {
    if (draft) await putIntoDraft(viewer, { ...placement, draft })
    else await putIntoPost(viewer, placement)
  } catch (error) {
    return refuseOnce(error, values, 'version', 'Look at it by its name above')
  }
  redirect(`/dashboard/posts/${post}${draft && `?draft=${draft}`}`)
})

export const keepAsPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  const post = await saveAsPost(viewer, id)
  redirect(`/dashboard/posts/${post.id}`)
})
