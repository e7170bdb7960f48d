'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { formAction } from '@/lib/http/form-action'
import { newApiKey, rotateApiKeyInput } from '@/lib/schemas/api-keys'
import { createApiKey, revokeApiKey, rotateApiKey } from '@/lib/services/api-keys'

export const createKey = formAction(newApiKey, async (input, { viewer }) => {
  const { key } = await createApiKey(viewer, input)
  return { message: `The key “${input.name}” is made. Copy it now: it is not shown again.`, data: { key } }
})

export const rotateKey = formAction(rotateApiKeyInput, async ({ id, overlapHours }, { viewer }) => {
  const { key, name } = await rotateApiKey(viewer, id, overlapHours)
  return {
    message: `The key “${name}” is replaced. Copy the new one now: it is not shown again.`,
    data: { key },
  }
})

export const revokeKey = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await revokeApiKey(viewer, id)
  redirect('/dashboard/settings')
})
