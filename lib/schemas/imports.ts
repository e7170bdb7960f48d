import { z } from 'zod'

/**
 * What is sent with a file to be imported: the address of the site that it comes from, or nothing, and, by the form, whose
 * page that is on.
 */
export const importFields = z.object({ site: z.string().trim().default(''), account: z.string().default('') })
