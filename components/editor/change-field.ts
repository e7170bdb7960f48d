import type { Edit, Selected } from '@/lib/editing/edit'

export type TextField = HTMLTextAreaElement | HTMLInputElement

/** The text of a field with its selection. */
export function selectedIn(field: TextField): Selected {
  const { value, selectionStart, selectionEnd } = field
  return { value, start: selectionStart ?? value.length, end: selectionEnd ?? value.length }
}

/**
 * Makes an edit as if it had been typed: the browser’s own Undo knows of it, and so do listeners to `input`. The focus
 * and the selection of whoever is typing elsewhere stay.
 */
export function changeField(field: TextField, { from, to, insert, start, end }: Edit): void {
  const elsewhere = document.activeElement === field ? null : document.activeElement
  field.focus({ preventScroll: true })
  field.setSelectionRange(from, to)
  // Deprecated, and the only way into the browser’s history of changes.
  const typed = insert === '' ? from === to || document.execCommand('delete') : typeIn(insert)
  if (!typed) {
    field.setRangeText(insert, from, to)
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  field.setSelectionRange(start, end)
  if (elsewhere instanceof HTMLElement && elsewhere !== document.body)
    elsewhere.focus({ preventScroll: true })
}

function typeIn(text: string): boolean {
  return document.execCommand('insertText', false, text)
}
