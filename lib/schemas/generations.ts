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

/**
 * What the editor asks for: its buttons say the tool, and what to work on is the passage, or the text of the post. The
 * names are those of the editor’s form, of which this is a part.
 */
export const editorRequest = z
  .object({
    intent: z.templateLiteral(['generate-', tool]).transform((intent) => tool.parse(intent.slice(9))),
    prompt: fields.prompt,
    passage: fields.text,
    content: z.string().trim().default(''),
    projectId: z.preprocess((id) => (id === '' ? undefined : id), projectId),
    generationAttempt: z.string().max(255).default(''),
    quotes: z.string().max(255).default(''),
  })
  .check(({ value, issues }) => {
    const missing = (field: string, message: string) =>
      issues.push({ code: 'custom', path: [field], message, input: value })
    const { intent, prompt, passage, content } = value
    if (intent === 'draft' && !prompt) missing('prompt', 'Say what to write about.')
    if (intent === 'rewrite' && !prompt) missing('prompt', 'Say how to rewrite it.')
    if (intent === 'rewrite' && !passage) missing('passage', 'Say which passage to rewrite.')
    if (worksOnText(intent) && !content) missing('content', 'There is no text to work on yet.')
    if (worksOnText(intent) && content.length > TEXT_MAX)
      missing('content', `At most ${TEXT_MAX} characters can be worked on.`)
  })
  .transform(({ intent, passage, content, generationAttempt, ...rest }) => ({
    ...rest,
    tool: intent,
    prompt: worksOnText(intent) ? '' : rest.prompt,
    text: intent === 'rewrite' ? passage : worksOnText(intent) ? content : '',
    attempt: generationAttempt,
  }))
export type EditorRequest = z.infer<typeof editorRequest>

/** Where a generated text can be put in a post. */
const place = z.enum(['append', 'content', 'passage', 'excerpt', 'title'])
export type Place = z.infer<typeof place>

/**
 * Puts what a generation has written into a post, as a new version in the place of the one that the form knew; or into a
 * draft of it, of which `version` is the revision then.
 */
export const placeForm = z.object({
  id: z.uuid(),
  post: z.uuid(),
  draft: z.union([z.uuid(), z.literal('')]).default(''),
  version: z.coerce.number().int().min(1),
  place,
  /** Which of the titles, from 0. */
  choice: z.coerce.number().int().min(0).default(0),
})

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
