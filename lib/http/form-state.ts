/**
 * What a form action answers when it does not redirect; it is also the state that `useActionState`
 * carries, with and without JavaScript. Plain data, so it may cross to the browser.
 */
export type FormState = {
  /** `idle` before the first submission. */
  status: 'idle' | 'ok' | 'error'
  /** What was typed, to be put back into the fields: React empties them after an action. Never a secret. */
  values: Record<string, string | string[]>
  /** Whether `values` are to take the place of what is in the fields by now, as of a text that was put together. */
  replaces?: boolean
  /** Whether a form that was not refused has changed nothing either, as a preview: no page is to be rendered anew. */
  unchanged?: boolean
  /** Field name to what is wrong with it. */
  errors: Record<string, string>
  /** One sentence for the summary (`role="alert"`) or the confirmation (`role="status"`). */
  message: string | null
  /** What an action has to show once, such as a new API key or a rendered preview. */
  data: Record<string, string>
}

export const idle: FormState = { status: 'idle', values: {}, errors: {}, message: null, data: {} }

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>
