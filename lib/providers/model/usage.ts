import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { Usage } from '@/lib/providers/model/types'

/**
 * The provider's count, or null when there is none to believe. An answer of no tokens that has text in it
 * is no count: the SDK fills what is missing with zeros, and zero would make the answer free.
 */
export function believableUsage(usage: LanguageModelV4Usage): Usage | null {
  const [inputTokens, outputTokens] = [usage.inputTokens.total, usage.outputTokens.total]
  if (!isCount(inputTokens) || !isCount(outputTokens) || outputTokens === 0) return null
  return { inputTokens, outputTokens }
}

/** Counts are kept in 32-bit columns; a provider that says more is not counting tokens. */
function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value < 2 ** 31
}
