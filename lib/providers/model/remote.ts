import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4FinishReason } from '@ai-sdk/provider'
import { cleaner } from '@/lib/providers/model/clean'
import { eager } from '@/lib/providers/model/eager'
import { filtered, noOutput, providerFailure } from '@/lib/providers/model/failures'
import { modelIdFinder } from '@/lib/providers/model/model-id'
import { promptFor } from '@/lib/providers/model/prompts'
import { timeLimits } from '@/lib/providers/model/time-limits'
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

  // Kept: each new one compiles the schema of its answers anew.
  let chat: ReturnType<typeof provider> | undefined
  function chatModel(id: string): ReturnType<typeof provider> {
    if (chat?.modelId !== id) chat = provider(id)
    return chat
  }

  async function* run(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    signal.throwIfAborted()
    const startedAt = performance.now()
    const id = settings.model ?? (await finder.find(signal))
    const { system, user } = promptFor(request)
    const limits = timeLimits(signal, {
      totalMs: Math.max(1, settings.timeoutMs - (performance.now() - startedAt)),
      stallMs: settings.stallMs,
    })
    const clean = cleaner()
    let characters = 0
    let delivered = false

    try {
      const { stream } = await chatModel(id).doStream({
        prompt: [
          { role: 'system', content: system },
          { role: 'user', content: [{ type: 'text', text: user }] },
        ],
        maxOutputTokens: request.maxOutputTokens,
        abortSignal: limits.signal,
      })
      for await (const part of stream) {
        if (part.type === 'reasoning-delta') limits.alive()
        else if (part.type === 'text-delta') {
          limits.alive()
          const text = clean(part.delta)
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
        } else if (part.type === 'finish') {
          assertComplete(part.finishReason)
          if (!delivered) throw noOutput({ finishReason: part.finishReason.raw })
          yield { type: 'finish', usage: believableUsage(part.usage) }
          return
        }
      }
      throw noOutput()
    } catch (error) {
      throw providerFailure(error, delivered)
    } finally {
      // Leaving the stream does not close the connection, and the bill runs on; only an abort does.
      limits.end()
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
function assertComplete({ unified, raw }: LanguageModelV4FinishReason) {
  if (unified === 'content-filter' || /filter|safety|sensitive/i.test(raw ?? ''))
    throw filtered({ finishReason: raw })
  if (unified === 'error' || /error|insufficient/i.test(raw ?? '')) throw new Error(`finish_reason: ${raw}`)
}

/** OpenAI's newer models refuse `max_tokens`; most other servers know nothing else. */
function namesTheCeilingAnew(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'api.openai.com' || hostname.endsWith('.openai.azure.com')
}

function renameCeiling({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> {
  return { ...body, max_completion_tokens: max_tokens }
}
