import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '@/lib/providers/mail/types'

/** A mail as it is written out (RFC 5322). Nothing in it is read from a file or an address, whatever it says. */
export function messageOf({ id, to, subject, text }: Mail, from: string): SendMailOptions {
  const domain = /@([^@>]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return {
    from,
    to: [...to],
    subject,
    text,
    messageId: `<${id}@${domain}>`,
    // No machine answers it: RFC 3834.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
