import { z } from 'zod'
import { flag } from '@/lib/schemas/flag'

export const healthQuery = z.object({
  ready: flag.describe(
    'Whether to ask if it can serve: the database is reached and the server is not stopping.',
  ),
})

export const health = z
  .object({ status: z.literal('ok'), version: z.string().describe('Of the product that answers.') })
  .meta({ id: 'Health' })
