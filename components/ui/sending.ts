type Sending = {
  /** Resolves when the form may be sent, as when what is on its way already has arrived. */
  before: () => Promise<void>
  /** The server has said yes, and leads on. */
  done: () => void
}

const sendings = new WeakMap<HTMLFormElement, Sending>()

/** Takes part in the sending of a form. */
export function onSending(form: HTMLFormElement, sending: Sending) {
  sendings.set(form, sending)
}

export async function readyToSend(form: HTMLFormElement): Promise<void> {
  await sendings.get(form)?.before()
}

export function sentForGood(form: HTMLFormElement): void {
  sendings.get(form)?.done()
}
