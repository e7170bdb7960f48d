import type { Tool } from '@/lib/schemas/tools'

/** One piece of work for a model. The caller has validated it and holds the credits for it. */
export type ModelRequest = {
  tool: Tool
  /** What the writer asks for; may be empty for `summarize` and `titles`. */
  prompt: string
  /** The passage or text worked on; empty when there is none. */
  text: string
  /** The voice and facts of the project; empty when there is none. */
  brief: string
  /** The ceiling, in tokens, that the hold pays for. */
  maxOutputTokens: number
  /** Aborted means: stop now, and close the connection to the provider. */
  signal: AbortSignal
}

/** In tokens, as the provider counted them. */
export type Usage = { inputTokens: number; outputTokens: number }

/** `usage` is null when the provider gave none that can be believed. */
export type ModelEvent = { type: 'text'; text: string } | { type: 'finish'; usage: Usage | null }

export interface Model {
  /** What receipts show. */
  readonly name: string
  /** True for the built-in engine, which is no AI model and says so wherever its output shows. */
  readonly basic: boolean
  /**
   * Text as it comes, then exactly one `finish`.
   *
   * Throws `provider_failed` or `provider_timeout` for every way a provider fails, after yielding the text
   * that came before; and the reason of `signal` when that aborts. Leaving the loop early closes the connection.
   */
  generate(request: ModelRequest): AsyncIterable<ModelEvent>
}

export type ModelSettings = {
  /** Up to and with `/v1`; null for the basic engine. */
  baseUrl: string | null
  apiKey: string | null
  /** Null: the first model that the endpoint lists. */
  model: string | null
  /** Milliseconds for a whole generation. */
  timeoutMs: number
  /** Milliseconds of silence once the answer has begun. */
  stallMs: number
}
