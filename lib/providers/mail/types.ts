/** A mail in plain text. */
export type Mail = {
  /** The same for the same mail, however often it is sent: by it a mailbox tells a second copy. */
  id: string
  to: readonly string[]
  subject: string
  text: string
}

/** Where mail goes. */
export type Mailer = {
  /** @throws what the mail server, or the disk, had to say where it did not take it. */
  send(mail: Mail): Promise<void>
}
