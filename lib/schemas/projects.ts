import { z } from 'zod'

const BRIEF_MAX = 4_000

const name = z.string().trim().min(1, 'Give the project a name.').max(80, 'At most 80 characters.')
const brief = z.string().trim().max(BRIEF_MAX, `At most ${BRIEF_MAX} characters.`).default('')

/** What a project is. */
export const projectInput = z.object({ name, brief })
export const newProject = z.object({ name, brief, attempt: z.string().max(255).default('') })
export const projectChange = z.object({
  id: z.uuid(),
  name,
  brief,
  intent: z.enum(['save', 'merge']).default('save'),
  // The version that the form knows of, and what stood there when it was made.
  version: z.coerce.number().int().min(0).default(0),
  nameBefore: z.string().default(''),
  briefBefore: z.string().default(''),
})

/** The first press asks, and only the second deletes. */
export const projectRemoval = z.object({
  id: z.uuid(),
  intent: z.enum(['ask', 'keep', 'delete']).default('ask'),
})

export type ProjectInput = { name: string; brief: string }
