'use server'

import { redirect } from 'next/navigation'
import { publicAction } from '@/lib/http/form-action'
import { tryForm } from '@/lib/schemas/generations'
import { formKey } from '@/lib/services/attempts'
import { generate } from '@/lib/services/generations'

/** A try without an account. The same text sent again the same day is the same try. */
export const tryIt = publicAction(tryForm, async ({ tool, text }, { visitor }) => {
  const { id } = await generate(visitor, { tool, text, prompt: '' }, { key: formKey('try', [tool, text]) })
  redirect(`/try/${id}`)
})
