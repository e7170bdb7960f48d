import type { FormState } from '@/lib/http/form-state'

/** Puts texts into the fields of a form, in the place of what is in them, and lets whoever listens know. */
export function put(form: HTMLFormElement, values: FormState['values']) {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=password]), textarea, select',
  )) {
    const value = [values[field.name]].flat()[0]
    if (value === undefined || value === field.value) continue
    field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}
