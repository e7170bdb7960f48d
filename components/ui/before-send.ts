const waiting = new WeakMap<HTMLFormElement, () => Promise<void>>()

/** Has a form wait for something before it is sent, such as for what is on its way already. */
export function beforeSend(form: HTMLFormElement, wait: () => Promise<void>) {
  waiting.set(form, wait)
}

/** Resolves when the form may be sent. */
export async function readyToSend(form: HTMLFormElement): Promise<void> {
  await waiting.get(form)?.()
}
