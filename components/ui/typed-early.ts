/**
 * What is typed before React has taken the page over. React then writes the text of the page into each textarea again
 * (react-dom, initTextarea): what was typed on a slow connection would be gone, and what was selected, where the caret
 * stood. So a textarea that is used before takes no text of the page a second time, until React has it.
 */
declare global {
  interface Window {
    inkwellEarly?: Record<'typed' | 'guarded' | 'hydrated' | 'watched', WeakSet<EventTarget>>
  }
}

/**
 * For a script in the page itself, before all that can be typed into: every other one comes too late. Not everything that
 * types has the focus. The default stays guarded: React writes it anew with each change of a textarea's class, and each time
 * the selection would be gone.
 */
export const GUARD_TYPED = `{
  const { typed, guarded, hydrated, watched } = (window.inkwellEarly = {
    typed: new WeakSet(), guarded: new WeakSet(), hydrated: new WeakSet(), watched: new WeakSet(),
  })
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
  const guard = (field) => {
    const another = (name, get, write) => Object.defineProperty(field, name, {
      configurable: true, get, set: (text) => { if (text !== field.textContent) write(text) },
    })
    another('defaultValue', () => field.textContent, (text) => { field.textContent = text })
    if (hydrated.has(field)) return
    another('value', () => get.call(field), (text) => set.call(field, text))
    guarded.add(field)
  }
  addEventListener('focusin', ({ target }) => { if (target.localName === 'textarea') guard(target) })
  addEventListener('input', ({ target }) => {
    if (watched.has(target)) return
    typed.add(target)
    if (target.localName === 'textarea') guard(target)
  }, true)
}`

/** From now on what is written into a field is its text: React has it. */
export function takeOver(field: HTMLTextAreaElement) {
  window.inkwellEarly?.hydrated.add(field)
  if (window.inkwellEarly?.guarded.delete(field)) Reflect.deleteProperty(field, 'value')
}

/** Says, once, whether anything was typed into a form before somebody watched it, who does from now on. */
export function typedBeforeWatched(form: HTMLFormElement): boolean {
  const early = window.inkwellEarly
  if (!early) return false
  const fields = [...form.elements]
  for (const field of fields) early.watched.add(field)
  return fields.filter((field) => early.typed.delete(field)).length > 0
}
