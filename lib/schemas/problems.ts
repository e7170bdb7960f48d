import { z } from 'zod'

/** What every problem document has: RFC 9457, with our `code` and the request's id. Each code adds facts of its own. */
export const problem = z
  .looseObject({
    type: z.url().describe('Where the code is explained.'),
    title: z.string().describe('What kind of problem it is, in a few words.'),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What went wrong this time, in a sentence for people.'),
    code: z.string().describe('For programs: one of the codes below, or one that has been added since.'),
    requestId: z.uuid().describe('As in `X-Request-Id`: what to quote to the operator.'),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problem>

const generationId = z.uuid().optional().describe('The generation that failed, with the text it kept.')

/** What is wrong with the input, thing by thing. */
const errors = z
  .array(
    z.object({
      pointer: z.string().describe('A JSON pointer (RFC 6901): `/title`, or empty for the whole.'),
      detail: z.string(),
    }),
  )
  .optional()

/** What else the problem documents of a code have: the facts of the refusal, by which a program can act. */
export const problemFacts = {
  insufficient_credits: {
    needed: z.int().min(0).describe('What would be held.'),
    available: z.int().min(0).describe('What there is.'),
  },
  precondition_failed: {
    version: z.int().min(1).optional().describe('The version that is there now.'),
    price: z
      .int()
      .min(0)
      .nullable()
      .optional()
      .describe('The price by now, where a quoted one was exceeded.'),
  },
  invalid: { errors },
  too_large: { errors },
  unsupported_media_type: { errors },
  daily_limit: {
    limit: z.int().min(0),
    used: z.int().min(0),
    resetsAt: z.iso.datetime().describe('Midnight UTC.'),
  },
  provider_failed: { generationId },
  provider_timeout: { generationId },
  unavailable: { generationId },
} as const satisfies Record<string, z.ZodRawShape>

type Facts = typeof problemFacts

/** The facts that go with a code; none where the table has none. */
export type FactsOf<Code extends string> = Code extends keyof Facts
  ? Omit<z.infer<z.ZodObject<Facts[Code]>>, 'errors'>
  : Record<string, never>
