import type { KeptDraft, KeptDraftOf } from '@/lib/schemas/drafts'

export type Sent =
  | { kept: true; id: string; revision: number }
  /** `why` in words, for the writer. */
  | { kept: false; why: string }

/**
 * Has the server keep a draft, for nobody but the writer whose page it was typed into. Never throws, and answers in any
 * case: a form waits for it before it is sent.
 */
export async function sendDraft(draft: KeptDraft, userId: string): Promise<Sent> {
  const body = JSON.stringify({ ...draft, userId } satisfies KeptDraftOf)
  try {
    const answer = await fetch('/dashboard/posts/keep', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      // So that it is sent also when the page is left; browsers allow that for what is short.
      keepalive: body.length < KEEPALIVE_MAX,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (answer.ok) return { kept: true, ...(await answer.json()) }
    return { kept: false, why: REASONS[answer.status] ?? 'The server can’t keep it just now.' }
  } catch {
    return { kept: false, why: 'The server can’t be reached.' }
  }
}

/** Fetch: the bodies of all that outlive their page may be 64 KiB together. */
const KEEPALIVE_MAX = 30_000

const PATIENCE_MS = 10_000

const REASONS: Record<number, string> = {
  401: 'You are logged out.',
  403: 'Somebody else is logged in here now.',
  413: 'It is too long for the server to keep.',
}
