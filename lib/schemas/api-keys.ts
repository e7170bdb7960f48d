import { z } from 'zod'

export const SCOPES = [
  'posts:read',
  'posts:write',
  'uploads:read',
  'uploads:write',
  'generate',
  'usage:read',
] as const
export type Scope = (typeof SCOPES)[number]

/** The lifetimes offered for a key, in days; 0 is for one that does not expire. */
export const KEY_LIFETIMES = [30, 90, 365, 0] as const

// One ticked box comes as a string, several as an array, none as nothing at all.
const ticked = (value: unknown) => (value === undefined ? [] : typeof value === 'string' ? [value] : value)

export const newApiKey = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(80, 'At most 80 characters.'),
  scopes: z.preprocess(ticked, z.array(z.enum(SCOPES)).min(1, 'Choose at least one scope.')),
  expiresInDays: z.coerce
    .number()
    .refine((days) => KEY_LIFETIMES.includes(days as 0), 'Choose one of the lifetimes.')
    .default(90),
})
export type NewApiKey = z.infer<typeof newApiKey>
