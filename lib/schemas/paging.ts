import { z } from 'zod'

/** How a list is asked for page by page. @param things what is on it, in the plural. */
export function paging(things: string) {
  return {
    page: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(1)
      .describe('Which page, from 1. Ignored with `cursor`.'),
    limit: z.coerce.number().int().min(1).max(100).default(10).describe(`How many ${things} a page has.`),
    cursor: z
      .string()
      .max(200)
      .optional()
      .describe(`\`nextCursor\` of the page before: the list then stays right while ${things} come and go.`),
  }
}
