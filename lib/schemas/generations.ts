import { z } from 'zod'
import { flag } from '@/lib/schemas/flag'
import { problem } from '@/lib/schemas/problems'
import { atMost } from '@/lib/schemas/text'
import { type Tool, tool } from '@/lib/schemas/tools'

const PROMPT_MAX = 8_000
const TEXT_MAX = 100_000

const fields = {
  tool: tool.default('draft').describe('What the model is asked for; `draft` if left out.'),
  prompt: atMost(PROMPT_MAX, z.string().trim())
    .default('')
    .describe('What to write about, or how to rewrite. Needed for `draft` and `rewrite`.'),
  text: atMost(TEXT_MAX, z.string().trim())
    .default('')
    .describe(
      'What to work on. Needed for `rewrite`, `summarize` and `titles`; the last two take `prompt` instead.',
    ),
}
type Fields = { tool: Tool; prompt: string; text: string }

const projectId = z
  .uuid('Choose one of your projects.')
  .optional()
  .describe('A project of the caller’s, whose voice and facts are given to the model.')

/** What a generation is asked for over the API. */
export const generateInput = z
  .strictObject({ ...fields, projectId })
  .check(needsMaterial)
  .meta({ id: 'NewGeneration' })
  .transform(textFromPrompt)

export const generateQuery = z.object({
  dryRun: flag.describe('Whether to be told the price and what is left instead; nothing happens then.'),
})

/** The same from the form, whose attempt key the server made with the page. */
export const generateForm = z
  .object({
    ...fields,
    projectId: z.preprocess((id) => (id === '' ? undefined : id), projectId),
    attempt: z.string().max(255).default(''),
    // The price on the button, for each tool: `draft:4 rewrite:2 …`
    quotes: z.string().max(255).default(''),
  })
  .check(needsMaterial)
  .transform(textFromPrompt)

function needsMaterial({ value, issues }: z.core.ParsePayload<Fields>): void {
  const missing = (field: string, message: string) =>
    issues.push({ code: 'custom', path: [field], message, input: value })
  if (value.tool === 'draft' && !value.prompt) missing('prompt', 'Say what to write about.')
  if (value.tool === 'rewrite' && !value.prompt) missing('prompt', 'Say how to rewrite it.')
  if (value.tool === 'rewrite' && !value.text) missing('text', 'Paste the passage to rewrite.')
  if (worksOnText(value.tool) && !value.text && !value.prompt) missing('text', 'Paste the text to work on.')
}

/** A caller of these two tools may send the text as the prompt: there is nothing else it could mean. */
function textFromPrompt<Value extends Fields>(value: Value): Value {
  return worksOnText(value.tool) && !value.text ? { ...value, text: value.prompt, prompt: '' } : value
}

function worksOnText(tool: Tool): boolean {
  return tool === 'summarize' || tool === 'titles'
}

/** What a visitor may try without an account. */
export const tryForm = z
  .object({ tool: z.enum(['summarize', 'titles'], 'Choose one of the tools.'), text: fields.text })
  .refine(({ text }) => text !== '', { path: ['text'], message: 'Paste the text to work on.' })

/** The price that a form of `quotes` showed for this tool, or null if it showed none. */
export function quotedPrice(quotes: string, tool: Tool): number | null {
  const price = new RegExp(`(?:^| )${tool}:(\\d{1,9})(?: |$)`).exec(quotes)?.[1]
  return price === undefined ? null : Number(price)
}

export type GenerateInput = z.infer<typeof generateInput>

/** Output tokens that one credit pays for. */
export const TOKENS_PER_CREDIT = 400

const generationStatus = z.enum(['running', 'succeeded', 'stopped', 'failed'])
export type GenerationStatus = z.infer<typeof generationStatus>

const credits = z.int().min(0)
const tokens = z.int().min(0).nullable()

/** A generation as the API tells it. */
export const generation = z
  .object({
    id: z.uuid(),
    status: generationStatus,
    tool,
    result: z.string().describe('The text, as far as it has come.'),
    model: z.string().describe('What wrote it. `Basic (no AI model)` is the built-in engine.'),
    usage: z
      .object({ inputTokens: tokens, outputTokens: tokens })
      .describe('As the model counted; null while it runs, and if it did not count.'),
    credits: z
      .object({
        held: credits.describe('What was set aside: the most it can cost.'),
        charged: credits.nullable().describe('What it cost; null while it runs.'),
        balance: credits.describe('The account’s balance after its last entry in the ledger.'),
      })
      .describe('All 0 for a visitor without an account.'),
  })
  .meta({ id: 'Generation' })
export type GenerationBody = z.infer<typeof generation>

/** The events of a generation told as a stream (HTML, section 9.2). */
export const generationEvent = z
  .discriminatedUnion('event', [
    z
      .object({ event: z.literal('start'), data: z.object({ id: z.uuid(), held: credits }) })
      .meta({ id: 'GenerationStarted', description: 'First of all.' }),
    z
      .object({
        event: z.literal('delta'),
        id: z.int().min(1).describe('What to send back as `Last-Event-ID`.'),
        data: z.object({ text: z.string() }),
      })
      .meta({ id: 'GenerationDelta', description: 'A piece of the text, each once and in order.' }),
    z
      .object({ event: z.literal('done'), data: generation })
      .meta({ id: 'GenerationDone', description: 'The end of one that succeeded or was stopped.' }),
    z
      .object({ event: z.literal('error'), data: z.object({ problem }) })
      .meta({ id: 'GenerationFailed', description: 'The end of one that failed. Nothing was charged.' }),
  ])
  .meta({ id: 'GenerationEvent' })
export type GenerationEvent = z.infer<typeof generationEvent>
