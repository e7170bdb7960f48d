import { AppError } from '@/lib/errors'
import type { FormState } from '@/lib/http/form-state'
import type { MergedText, PostText } from '@/lib/services/posts'

/** What was saved meanwhile of the same thing, for the form to show beside what was typed. */
export type Theirs = PostText & { version: number; updatedAt: Date | string }

/** What the form calls the parts of its text; null for one that it does not have. */
export type FieldNames = { [part in keyof PostText]: string | null }

/** Nothing is saved. The form now knows of the other version, so that sending it again is a decision. */
export function refuseCollision(
  { version, title, content, excerpt, updatedAt }: Theirs,
  values: FormState['values'],
  message = 'It was saved elsewhere since you opened it. What you typed is below, and not saved. Save again to put it in the place of the other version, which stays in the history, or put both together.',
): Partial<FormState> {
  return {
    status: 'error',
    values: { ...values, version: String(version) },
    data: { theirs: JSON.stringify({ version, title, content, excerpt, updatedAt }) },
    message,
  }
}

/**
 * Nothing is saved either: what both have made of the text is for the writer to look over. From here on it is a change of
 * their version.
 */
export function showTogether(
  { text, conflicts }: MergedText,
  values: FormState['values'],
  names: FieldNames,
): Partial<FormState> {
  const parts = ['title', 'content', 'excerpt'] as const
  const merged = parts.flatMap((part) => (names[part] === null ? [] : [[names[part], text[part]]]))
  return {
    status: 'error',
    values: { ...values, ...Object.fromEntries(merged) },
    replaces: true,
    message: `Both are together below, and not saved yet. ${whatToDo(conflicts, names)}`,
  }
}

/**
 * A press that would replace a version that its page does not show is refused once, with what can be looked at first. From
 * then on the form knows of that version, and pressing again is a decision.
 *
 * @param field the name of the field that tells the version.
 */
export function refuseOnce(
  error: unknown,
  values: FormState['values'],
  field: string,
  look: string,
): Partial<FormState> {
  const version = error instanceof AppError && error.code === 'precondition_failed' && error.facts.version
  if (typeof version !== 'number') throw error
  return {
    status: 'error',
    values: { ...values, [field]: String(version) },
    message: `${(error as AppError).message} Nothing was changed. ${look}; or press again, and it is done all the same.`,
  }
}

function whatToDo(conflicts: MergedText['conflicts'], names: FieldNames): string {
  if (conflicts.length === 0) return 'Look it over, and save it.'
  const places = conflicts.filter((part) => part === 'content').length
  const marked =
    places > 0 &&
    `${places === 1 ? 'One place was' : `${places} places were`} changed by both: look for <<<<<<< in the ${names.content}, keep what you want, and take the marks out.`
  const yours = conflicts
    .filter((part) => part !== 'content')
    .map((part) => `The ${names[part] ?? part} is yours.`)
  return [marked, ...yours, 'Then save it.'].filter(Boolean).join(' ')
}
