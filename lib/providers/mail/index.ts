import path from 'node:path'
import { dataDir, env } from '@/lib/env'
import { mailFolder } from '@/lib/providers/mail/folder'
import { smtp } from '@/lib/providers/mail/smtp'
import type { Mailer } from '@/lib/providers/mail/types'

let opened: Mailer | undefined

/** The mail server of SMTP_URL, or, without one, the folder `mail` in DATA_DIR and the log. */
export function mailer(): Mailer {
  const { SMTP_URL, MAIL_FROM } = env()
  opened ??= SMTP_URL ? smtp(SMTP_URL, MAIL_FROM) : mailFolder(path.join(dataDir(), 'mail'), MAIL_FROM)
  return opened
}
