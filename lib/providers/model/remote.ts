import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import { cleaner } from '@/lib/providers/model/clean'
import { eager } from '@/lib/providers/model/eager'
import { filtered, noOutput, providerFailure, timedOut } from '@/lib/providers/model/failures'
import { modelIdFinder } from '@/lib/providers/model/model-id'
import { promptFor } from '@/lib/providers/model/prompts'
import type { Model, ModelEvent, ModelRequest, ModelSettings } from '@/lib/providers/model/types'
import { believableUsage } from '@/lib/providers/model/usage'

/** A model behind an OpenAI-compatible endpoint (`POST /chat/completions`, streamed). */
export function remoteModel(settings: ModelSettings & { baseUrl: string }): Model {
  const finder = modelIdFinder(settings)
  const provider = createOpenAICompatible({
    name: 'provider',
    baseURL: settings.baseUrl,
    includeUsage: true,
    ...(settings.apiKey ? { apiKey: settings.apiKey } : {}),
    ...(namesTheCeilingAnew(settings.baseUrl) ? { transformRequestBody: renameCeiling } : {}),
  })

  async function* run(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    signal.throwIfAborted()
    const startedAt = Date.now()
    const id = settings.model ?? (await finder.find(signal))
    const { system, user } = promptFor(request)
    // Leaving the SDK's stream does not close the connection, and the bill runs on; only an abort does.
    const upstream = new AbortController()
    const clean = cleaner()
    let characters = 0
    let delivered = false
    let abortReason: unknown

    const answer = streamText({
      model: provider(id),
      instructions: system,
      prompt: user,
      maxOutputTokens: request.maxOutputTokens,
      // A retry is a second bill, and the caller decides about those.
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, upstream.signal]),
      timeout: {
        totalMs: Math.max(1, settings.timeoutMs - (Date.now() - startedAt)),
        chunkMs: settings.stallMs,
      },
      onAbort: ({ reason }) => {
        abortReason = reason
      },
      // Errors are also parts of the stream, where they are handled; the default here prints them.
      onError: () => {},
    })

    try {
      for await (const part of answer.stream) {
        if (part.type === 'text-delta') {
          const text = clean(part.text)
          if (!text) continue
          delivered ||= text.trim() !== ''
          yield { type: 'text', text }
          characters += text.length
          if (characters > request.maxOutputTokens * CHARACTERS_PER_TOKEN) {
            yield { type: 'finish', usage: null }
            return
          }
        } else if (part.type === 'error') {
          throw part.error
        } else if (part.type === 'abort') {
          throw timedOut(abortReason ?? part.reason)
        } else if (part.type === 'finish') {
          assertComplete(part.finishReason, part.rawFinishReason)
          if (!delivered) throw noOutput({ finishReason: part.rawFinishReason })
          yield { type: 'finish', usage: believableUsage(part.totalUsage) }
          return
        }
      }
      throw noOutput()
    } catch (error) {
      throw providerFailure(error, delivered)
    } finally {
      upstream.abort()
    }
  }

  return {
    get name() {
      return settings.model ?? finder.current
    },
    basic: false,
    generate: (request) => eager(request.signal, (signal) => run(request, signal)),
  }
}

/** More than any text has: an answer longer than this comes from a server that ignores the ceiling. */
const CHARACTERS_PER_TOKEN = 16

/**
 * `length` is a success: the ceiling that was paid for is reached. A reason that the protocol doesn't name
 * (`eos`, `end_turn`) ended the answer in order, unless its words say otherwise.
 */
function assertComplete(reason: string, raw: string | undefined) {
  if (reason === 'content-filter' || /filter|safety|sensitive/i.test(raw ?? ''))
    throw filtered({ finishReason: raw })
  if (reason === 'error' || /error|insufficient/i.test(raw ?? '')) throw new Error(`finish_reason: ${raw}`)
}

/** OpenAI's newer models refuse `max_tokens`; most other servers know nothing else. */
function namesTheCeilingAnew(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'api.openai.com' || hostname.endsWith('.openai.azure.com')
}

function renameCeiling({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> {
  return { ...body, max_completion_tokens: max_tokens }
}
