import { fileTooLarge } from '@/lib/bytes'
import type { FormState } from '@/lib/http/form-state'

/**
 * The answer to a form with a file over its field's limit, in the server's own words, given before the file travels:
 * sending 100 MB to be told that they are too many helps nobody. Null if there is none; the server has the last word.
 */
export function refuseOversized(form: HTMLFormElement, state: FormState): FormState | null {
  for (const field of form.querySelectorAll<HTMLInputElement>('input[type=file][data-max-bytes]')) {
    const max = Number(field.dataset.maxBytes)
    if ([...(field.files ?? [])].some(({ size }) => size > max)) {
      const detail = fileTooLarge(max)
      return { ...state, status: 'error', errors: { [field.name]: detail }, message: detail }
    }
  }
  return null
}
