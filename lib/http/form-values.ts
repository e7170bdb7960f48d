import type { FormState } from '@/lib/http/form-state'

/** The fields of a form as text; one that comes more than once is a list. React's own fields are left out. */
export function formValues(form: FormData): FormState['values'] {
  const values: FormState['values'] = {}
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue
    const all = form
      .getAll(name)
      .filter((value) => typeof value === 'string')
      .map(unixLines)
    values[name] = all.length > 1 ? all : (all[0] ?? '')
  }
  return values
}

/** Browsers send line ends as CR LF (HTML, 4.10.22); a text that is only opened and saved must stay the same. */
function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
