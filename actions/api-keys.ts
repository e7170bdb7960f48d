'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { formAction } from '@/lib/http/form-action'
import { newApiKey } from '@/lib/schemas/api-keys'
import { createApiKey, revokeApiKey } from '@/lib/services/api-keys'

export const createKey = formAction(newApiKey, async (input, { viewer }) => {
  const { key } = await createApiKey(viewer, input)
  return { message: `The key “${input.name}” is made. Copy it now: it is not shown again.`, data: { key } }
})

export const revokeKey = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await revokeApiKey(viewer, id)
  redirect('/dashboard/settings')
})
