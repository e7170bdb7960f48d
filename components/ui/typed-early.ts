/**
 * What is typed before React has taken the page over. React then writes the text of the page into each textarea again
 * (react-dom, initTextarea): what was typed on a slow connection would be gone, and what was selected, where the caret
 * stood. So a textarea that is used before takes no text of the page a second time, until React has it.
 */
declare global {
  interface Window {
    inkwellEarly?: { typed: WeakSet<EventTarget>; takenOver: WeakSet<EventTarget> }
  }
}

/**
 * For a script in the page itself, before all that can be typed into: every other one comes too late. The default stays
 * guarded: React writes it anew with each change of a textarea's class, and each time the selection would be gone.
 */
export const GUARD_TYPED = `{
  const { typed, takenOver } = (window.inkwellEarly = { typed: new WeakSet(), takenOver: new WeakSet() })
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
  addEventListener('input', ({ target }) => { if (!takenOver.has(target)) typed.add(target) }, true)
  addEventListener('focusin', ({ target }) => {
    if (target.localName !== 'textarea') return
    const another = (write) => (text) => { if (text !== target.textContent) write(text) }
    const guard = (name, get, write) =>
      Object.defineProperty(target, name, { configurable: true, get, set: another(write) })
    guard('defaultValue', () => target.textContent, (text) => { target.textContent = text })
    if (!takenOver.has(target)) guard('value', () => get.call(target), (text) => set.call(target, text))
  })
}`

/** From now on what is written into a field is its text: React has just taken it over. */
export function takeOver(field: HTMLTextAreaElement) {
  window.inkwellEarly?.takenOver.add(field)
  Reflect.deleteProperty(field, 'value')
}

/** Says, once, whether anything was typed into a form before React took it over. */
export function takeOverForm(form: HTMLFormElement): boolean {
  const early = window.inkwellEarly
  if (!early) return false
  const fields = [...form.elements]
  for (const field of fields) early.takenOver.add(field)
  return fields.filter((field) => early.typed.delete(field)).length > 0
}
