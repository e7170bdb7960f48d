type Sending = {
  /** Resolves when the form may be sent, as when what is on its way already has arrived. */
  before: () => Promise<void>
  /** The server has said yes, and leads on to this address. */
  done: (address: string) => void
}

const sendings = new WeakMap<HTMLFormElement, Sending>()

/** Takes part in the sending of a form. */
export function onSending(form: HTMLFormElement, sending: Sending) {
  sendings.set(form, sending)
}

export async function readyToSend(form: HTMLFormElement): Promise<void> {
  await sendings.get(form)?.before()
}

/** @param redirect what Next.js throws to lead on, with the address in its digest: `NEXT_REDIRECT;push;/posts;303;`. */
export function sentForGood(form: HTMLFormElement, redirect: unknown): void {
  const digest = redirect instanceof Error && 'digest' in redirect ? String(redirect.digest) : ''
  sendings.get(form)?.done(digest.split(';')[2] ?? '')
}
