import { z } from 'zod'
import { type Tool, tool } from '@/lib/schemas/tools'

const PROMPT_MAX = 8_000
const TEXT_MAX = 100_000

const fields = {
  tool: tool.default('draft'),
  prompt: z.string().trim().max(PROMPT_MAX, `At most ${PROMPT_MAX} characters.`).default(''),
  text: z.string().trim().max(TEXT_MAX, `At most ${TEXT_MAX} characters.`).default(''),
  projectId: z.preprocess(
    (id) => (id === '' ? undefined : id),
    z.uuid('Choose one of your projects.').optional(),
  ),
}
type Fields = { tool: Tool; prompt: string; text: string }

/** What a generation is asked for over the API. */
export const generateInput = z.strictObject(fields).check(needsMaterial).transform(textFromPrompt)

/** The same from the form, whose attempt key the server made with the page. */
export const generateForm = z
  .object({
    ...fields,
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

export type GenerationStatus = 'running' | 'succeeded' | 'stopped' | 'failed'
