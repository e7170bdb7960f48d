import { outline } from '@/lib/providers/model/basic/outline'
import { rewritten } from '@/lib/providers/model/basic/rewrite'
import { pieces, waitFor } from '@/lib/providers/model/basic/stream'
import { summary } from '@/lib/providers/model/basic/summary'
import { titles } from '@/lib/providers/model/basic/titles'
import { noOutput } from '@/lib/providers/model/failures'
import { estimateTokens } from '@/lib/providers/model/tokens'
import type { Model, ModelEvent, ModelRequest } from '@/lib/providers/model/types'

/**
 * What Inkwell can do without a model: choose sentences, pick titles out of a text, set up an outline and
 * tidy a passage, in any language that `Intl.Segmenter` knows. The same request gives the same answer.
 *
 * Nothing is bought here, so `maxOutputTokens` does not cut an answer off: the hold is the ceiling of the charge.
 */
export function basicModel(): Model {
  return { name: 'Basic (no AI model)', basic: true, generate }
}

async function* generate(request: ModelRequest): AsyncGenerator<ModelEvent> {
  const { signal } = request
  signal.throwIfAborted()
  const answer = answerTo(request).trim()
  // Nothing to work on, such as a text of punctuation only: fails like a model without output, free of charge.
  if (!answer) throw noOutput()

  for (const text of pieces(answer)) {
    await waitFor(PACE_MS, signal)
    yield { type: 'text', text }
  }
  const input = [request.prompt, request.text, request.brief].join('\n')
  const usage = { inputTokens: estimateTokens(input.trim()), outputTokens: estimateTokens(answer) }
  yield { type: 'finish', usage }
}

/** Between two pieces. The work itself takes a few milliseconds; the pace is what makes it a stream. */
const PACE_MS = 15

function answerTo({ tool, prompt, text, brief }: ModelRequest): string {
  const material = text.trim() ? text : prompt
  if (tool === 'summarize') return summary(material)
  if (tool === 'titles') return titles(material).join('\n')
  if (tool === 'rewrite') return rewritten(text, prompt)
  return outline({ prompt, text, brief })
}
