import { z } from 'zod'
import { tool } from '@/lib/schemas/tools'

export const PROMPT_MAX = 8_000
export const TEXT_MAX = 100_000

/** What a generation is asked for; the same for the form, the action and the API. */
export const generateInput = z
  .strictObject({
    tool: tool.default('draft'),
    prompt: z.string().trim().max(PROMPT_MAX, `At most ${PROMPT_MAX} characters.`).default(''),
    text: z.string().trim().max(TEXT_MAX, `At most ${TEXT_MAX} characters.`).default(''),
    projectId: z.preprocess((id) => (id === '' ? undefined : id), z.uuid('Choose one of your projects.').optional()),
  })
  .check(({ value, issues }) => {
    const needsPrompt = value.tool === 'draft' || value.tool === 'rewrite'
    if (needsPrompt && !value.prompt) {
      const message = value.tool === 'draft' ? 'Say what to write about.' : 'Say how to rewrite it.'
      issues.push({ code: 'custom', path: ['prompt'], message, input: value })
    }
    if (value.tool === 'rewrite' && !value.text) {
      issues.push({ code: 'custom', path: ['text'], message: 'Paste the passage to rewrite.', input: value })
    }
    if (!needsPrompt && !value.text && !value.prompt) {
      issues.push({ code: 'custom', path: ['text'], message: 'Paste the text to work on.', input: value })
    }
  })
  // A caller of these two tools may send the text as the prompt: there is nothing else it could mean.
  .transform((value) =>
    (value.tool === 'summarize' || value.tool === 'titles') && !value.text
      ? { ...value, text: value.prompt, prompt: '' }
      : value,
  )
export type GenerateInput = z.infer<typeof generateInput>

/** Output tokens that one credit pays for. */
export const TOKENS_PER_CREDIT = 400

export const GENERATION_STATUSES = ['running', 'succeeded', 'stopped', 'failed'] as const
export type GenerationStatus = (typeof GENERATION_STATUSES)[number]
