import type { GenerationBody } from '@/lib/schemas/generations'

/** Why the model was not asked, for the writer. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** The price by now, where it was raised since it was shown. */
    readonly price: number | null = null,
    /** Nobody can tell whether it was taken on all the same: it has to be sent again as it was. */
    readonly isOpen = false,
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
  if (answer?.ok && body) return body
  if (!answer || !body) throw new Refusal(UNREACHABLE, null, true)
  const says = body.errors?.[0]?.detail ?? body.detail
  throw new Refusal(says, body.price ?? null, answer.status >= 500 || NOT_LOOKED_AT.has(body.code))
}

export const UNREACHABLE = 'The server could not be reached. Ask again: you are not charged twice.'

/** What is answered before anybody has looked whether the request was taken on before. */
const NOT_LOOKED_AT = new Set(['unauthenticated', 'rate_limited'])

/** What became of a generation; null while it runs, or if nobody can tell just now; else why it can't be shown. */
export async function readEnded(id: string): Promise<GenerationBody | string | null> {
  const answer = await fetch(`/api/generate/${id}`, { headers: { Accept: 'application/json' } }).catch(
    () => null,
  )
  if (answer?.status === 401) return 'You are logged out. Log in in another tab to see how it ended.'
  if (answer?.status === 404) return 'It is not there any more.'
  const body: GenerationBody | null = answer?.ok ? await answer.json().catch(() => null) : null
  return body?.status === 'running' ? null : body
}

/**
 * What was delivered is kept, and charged.
 *
 * @returns what to say if it could not be stopped.
 */
export async function stopModel(id: string): Promise<string> {
  const answer = await fetch(`/api/generate/${id}/stop`, { method: 'POST' }).catch(() => null)
  if (answer?.ok) return ''
  const body = await answer?.json().catch(() => null)
  return `It could not be stopped. ${body?.detail ?? 'The server could not be reached. Try again.'}`
}
