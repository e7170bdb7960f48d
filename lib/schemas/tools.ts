import { z } from 'zod'

/** What a model can be asked for. Prices and daily limits are data: see the table `tool_policies`. */
export const TOOLS = ['draft', 'rewrite', 'summarize', 'titles'] as const
export const tool = z.enum(TOOLS).describe('What the model is asked for.')
export type Tool = z.infer<typeof tool>

export const TIERS = ['anonymous', 'free', 'pro', 'unlimited'] as const
export type Tier = (typeof TIERS)[number]

export const toolNames: Record<Tool, string> = {
  draft: 'Draft a post',
  rewrite: 'Rewrite a passage',
  summarize: 'Summarise a text',
  titles: 'Suggest five titles',
}
