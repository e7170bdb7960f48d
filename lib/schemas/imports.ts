import { z } from 'zod'

/** What is sent with a file to be imported: the address of the site that it comes from, or nothing. */
export const importFields = z.object({ site: z.string().trim().default('') })
