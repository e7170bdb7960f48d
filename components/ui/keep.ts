/**
 * What was typed into a form whose action is gone: a new version has been deployed, and only a reload
 * gets the form that it knows. Kept in this tab's own storage until then. Passwords, files and what
 * the page itself put in (hidden fields) are not kept.
 */
export function keep(form: HTMLFormElement) {
  const typed = fields(form).map((field) => [field.name, field.value, isBox(field) && field.checked])
  try {
    sessionStorage.setItem(place(form), JSON.stringify(typed))
  } catch {
    // Storage may be off or full. The text is still on the page then, and the message says so.
  }
}

/** Puts it back, once. The fields are found by name and, for boxes, by value: their order may have changed. */
export function restore(form: HTMLFormElement) {
  const kept = take(place(form))
  for (const field of fields(form)) {
    const mine = kept.find(([name, value]) => name === field.name && (!isBox(field) || value === field.value))
    if (!mine) continue
    if (isBox(field)) field.checked = mine[2]
    else field.value = mine[1]
  }
}

type Typed = [name: string, value: string, checked: boolean]

function take(key: string): Typed[] {
  try {
    const kept = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    return JSON.parse(kept ?? '[]')
  } catch {
    return []
  }
}

/**
 * A form has no name that outlives a deploy, so it goes by its page, its first field, what it is of, and its number among
 * those that are alike in this: what comes and goes above it, as a notice with a button or a newer picture with a form
 * like its own, does not count.
 */
function place(form: HTMLFormElement) {
  const alike = [...document.forms].filter((other) => kind(other) === kind(form))
  return `inkwell:kept:${location.pathname}:${kind(form)}:${alike.indexOf(form)}`
}

function kind(form: HTMLFormElement): string {
  const of = form.querySelector<HTMLInputElement>('input[type=hidden][name=id]')
  return `${fields(form)[0]?.name ?? ''}:${of?.value ?? ''}`
}

function fields(form: HTMLFormElement) {
  return [...form.querySelectorAll<HTMLInputElement>('input[name], textarea[name], select[name]')].filter(
    (field) => !['password', 'file', 'hidden'].includes(field.type),
  )
}

function isBox(field: HTMLInputElement) {
  return field.type === 'checkbox' || field.type === 'radio'
}
