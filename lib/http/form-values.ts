import type { FormState } from '@/lib/http/form-state'

/** The fields of a form as text; one that comes more than once is a list. React's own fields are left out. */
export function formValues(form: FormData): FormState['values'] {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith('$ACTION'))
  // Not by assignment: a field may be called `__proto__`.
  return Object.fromEntries(names.map((name) => [name, textOf(form, name)]))
}

function textOf(form: FormData, name: string): string | string[] {
  const all = form
    .getAll(name)
    .filter((value) => typeof value === 'string')
    .map(unixLines)
  return all.length > 1 ? all : (all[0] ?? '')
}

/** Browsers send line ends as CR LF (HTML, 4.10.22); a text that is only opened and saved must stay the same. */
function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
