import { type EditorRequest, quotedPrice } from '@/lib/schemas/generations'
import { formKey } from '@/lib/services/attempts'
import { generate } from '@/lib/services/generations'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Takes on what the editor asks for. Sent again under the same attempt, it reaches the same generation.
 *
 * @returns its id.
 * @throws AppError what generate() throws; `precondition_failed` if the price was raised since it was shown.
 */
export async function generateForEditor(viewer: Viewer, request: EditorRequest): Promise<string> {
  const { attempt, quotes, ...input } = request
  const quoted = quotedPrice(quotes, input.tool)
  const { id } = await generate(viewer, input, { key: formKey(attempt, input), quoted })
  return id
}
