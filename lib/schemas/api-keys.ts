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

/** How long a key that is replaced goes on working, in hours; 0 ends it at once. */
export const OVERLAPS = [0, 1, 24, 168] as const

/** A budget is whole credits; a form sends an empty field for none. */
const budget = z.preprocess(
  (value) => (value === '' ? null : value),
  z.coerce
    .number('Whole credits.')
    .int('Whole credits.')
    .min(1, 'At least 1 credit.')
    .max(1_000_000_000)
    .nullable(),
)

// One ticked box comes as a string, several as an array, none as nothing at all.
const ticked = (value: unknown) => (value === undefined ? [] : typeof value === 'string' ? [value] : value)

export const newApiKey = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(80, 'At most 80 characters.'),
  scopes: z.preprocess(ticked, z.array(z.enum(SCOPES)).min(1, 'Choose at least one scope.')),
  expiresInDays: z.coerce
    .number()
    .refine((days) => KEY_LIFETIMES.includes(days as 0), 'Choose one of the lifetimes.')
    .default(90),
  budget: budget.default(null),
})
export type NewApiKey = z.infer<typeof newApiKey>

export const rotateApiKeyInput = z.object({
  id: z.uuid(),
  overlapHours: z.coerce
    .number()
    .refine((hours) => OVERLAPS.includes(hours as 0), 'Choose one of the times.')
    .default(24),
})
