import { z } from 'zod'

export const ledgerQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'This cursor is not one that a list has given.')
    .optional(),
})
