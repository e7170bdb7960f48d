import { createTransport } from 'nodemailer'
import { messageOf } from '@/lib/providers/mail/message'
import type { Mailer } from '@/lib/providers/mail/types'

/** How long a mail server may take to say anything, in milliseconds. */
const SILENCE_MS = 10_000

/**
 * A mail server, reached anew for each mail: there are few.
 *
 * @param url `smtp://` (with STARTTLS where the server offers it) or `smtps://`, with user and password where needed.
 */
export function smtp(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
  })
  return {
    async send(mail) {
      await transport.sendMail(messageOf(mail, from))
    },
  }
}
