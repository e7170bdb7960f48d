/**
 * What is typed before React has taken the page over. React then writes the text of the page into each textarea again
 * (react-dom, initTextarea), and what was typed on a slow connection would be gone. An element’s own memory of having been
 * typed into would not do: browsers fill forms by themselves when a page is loaded again.
 */
declare global {
  interface Window {
    inkwellTyped?: WeakMap<EventTarget, string>
  }
}

/** Remembers it. For a script in the page itself, since every other one comes too late. */
export const REMEMBER_TYPED =
  "addEventListener('input',({target})=>(window.inkwellTyped??=new WeakMap()).set(target,target.value),true)"

/** Puts it back into a field that React has just taken over. */
export function giveBackTyped(field: HTMLTextAreaElement) {
  const typed = window.inkwellTyped?.get(field)
  if (typed !== undefined && typed !== field.value) field.value = typed
}

/** Whether anything was typed into a form that React has just taken over. */
export function wasTypedInto(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => window.inkwellTyped?.has(field))
}
