import type { Edit, Selected } from '@/lib/editing/edit'
import { asExcerpt, splitHeading } from '@/lib/editing/generated'
import { insertBlock } from '@/lib/editing/insert'
import { EXCERPT_MAX } from '@/lib/schemas/posts'
import { changeField, selectedIn, type TextField } from './change-field'

/** What the writer has chosen to do with a generated text. */
export type Choice =
  | { put: 'caret' | 'all' | 'excerpt' | 'title'; text: string }
  | { put: 'passage'; text: string; passage: Passage }

/** A part of the text, and where it stood. */
export type Passage = { text: string; at: number }

/** What a field said before and after. */
export type Change = { field: TextField; before: Selected; after: string }

/** Does it, as if it had been typed. @returns what has changed, so that it can be undone. */
export function put(form: HTMLFormElement, choice: Choice): Change[] {
  const content = fieldOf(form, 'content')
  const whole = (field: TextField, text: string): Edit => ({
    from: 0,
    to: field.value.length,
    insert: text,
    start: text.length,
    end: text.length,
  })
  switch (choice.put) {
    case 'title':
      return [changed(fieldOf(form, 'title'), (field) => whole(field, choice.text))]
    case 'excerpt':
      return [changed(fieldOf(form, 'excerpt'), (field) => whole(field, asExcerpt(choice.text, EXCERPT_MAX)))]
    case 'passage':
      return [changed(content, () => replacePassage(content.value, choice.passage, choice.text.trim()))]
    default: {
      const { heading, body } = splitHeading(choice.text)
      const title = fieldOf(form, 'title')
      const titled = heading !== null && title.value.trim() === ''
      return [
        ...(titled ? [changed(title, (field) => whole(field, heading))] : []),
        changed(content, (field) =>
          choice.put === 'all' ? whole(field, body) : insertBlock(selectedIn(field), body),
        ),
      ]
    }
  }
}

/** Where a passage stands by now; -1 if it is gone. The place it was taken from comes first. */
export function findPassage(content: string, { text, at }: Passage): number {
  return content.startsWith(text, at) ? at : content.indexOf(text)
}

/** Whether nobody has typed into what was changed since. */
export function isUntouched(changes: readonly Change[]): boolean {
  return changes.every(({ field, after }) => field.value === after)
}

/** Puts back what was there before. */
export function takeBack(changes: readonly Change[]): void {
  for (const { field, before } of changes) {
    const { value, start, end } = before
    changeField(field, { from: 0, to: field.value.length, insert: value, start, end })
  }
}

function replacePassage(content: string, passage: Passage, text: string): Edit {
  const from = findPassage(content, passage)
  if (from === -1) throw new Error('the passage is gone')
  return { from, to: from + passage.text.length, insert: text, start: from, end: from + text.length }
}

function changed(field: TextField, edit: (field: TextField) => Edit): Change {
  const before = selectedIn(field)
  changeField(field, edit(field))
  return { field, before, after: field.value }
}

function fieldOf(form: HTMLFormElement, name: string): TextField {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) return field
  throw new Error(`the form has no field ${name}`)
}
