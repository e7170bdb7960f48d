import type { GenerationBody } from '@/lib/schemas/generations'

/** Why the model was not asked, for the writer. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** The price by now, where it was raised since it was shown. */
    readonly price: number | null = null,
  ) {
    super(message)
  }
}

/**
 * Asks for a generation.
 *
 * @param request the editor's fields, as `editorRequest` names them.
 * @returns its id, and the attempt key for what is asked next.
 * @throws Refusal
 */
export async function askModel(request: Record<string, string>): Promise<{ id: string; attempt: string }> {
  const answer = await fetch('/dashboard/editor/generate', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  }).catch(() => null)
  const body = await answer?.json().catch(() => null)
  if (answer?.ok) return body
  if (!body) throw new Refusal('The server could not be reached. Ask again: you are not charged twice.')
  throw new Refusal(body.errors?.[0]?.detail ?? body.detail, body.price ?? null)
}

/** What became of a generation; null while it runs, or if nobody can tell just now. */
export async function readEnded(id: string): Promise<GenerationBody | null> {
  const answer = await fetch(`/api/generate/${id}`, { headers: { Accept: 'application/json' } }).catch(
    () => null,
  )
  const body: GenerationBody | null = answer?.ok ? await answer.json().catch(() => null) : null
  return body?.status === 'running' ? null : body
}

/** What was delivered is kept, and charged. */
export async function stopModel(id: string): Promise<void> {
  await fetch(`/api/generate/${id}/stop`, { method: 'POST' }).catch(() => null)
}
