import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { BODY_TOO_LARGE } from '@/lib/body-limits'
import type { FormAction, FormState } from '@/lib/http/form-state'

/**
 * Sends a form to its action from JavaScript. Where no answer comes back (no network, a crash, a
 * version of the app that is gone), the answer is made here: an exception would replace the page by
 * an error page, and the writer's text with it.
 */
export async function send(
  action: FormAction,
  state: FormState,
  data: FormData,
  /** Called when no second try can help before the page has been reloaded. */
  onStale: () => void,
): Promise<FormState> {
  try {
    return await action(state, data)
  } catch (error) {
    unstable_rethrow(error)
    if (unstable_isUnrecognizedActionError(error)) onStale()
    return { ...state, status: 'error', errors: {}, message: explain(error) }
  }
}

function explain(error: unknown) {
  if (unstable_isUnrecognizedActionError(error)) {
    return 'Inkwell has been updated since this page was opened, so this could not be sent. Please reload the page: what you typed will be put back, except passwords and files.'
  }
  if (error instanceof Error && error.message === BODY_TOO_LARGE) return BODY_TOO_LARGE
  if (error instanceof Error && 'digest' in error) {
    return `Something went wrong on the server (reference ${error.digest}). What you typed is still here. Please try again.`
  }
  return 'The server could not be reached. What you typed is still here. Please try again.'
}
