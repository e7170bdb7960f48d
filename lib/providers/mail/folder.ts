import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { log } from '@/lib/log'
import { messageOf } from '@/lib/providers/mail/message'
import type { Mailer } from '@/lib/providers/mail/types'

/** Where there is no mail server: each mail is a file of its own, and a line of the log. */
export function mailFolder(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true })
  return {
    async send(mail) {
      const { message } = await transport.sendMail(messageOf(mail, from))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path.join(folder, `${mail.id}.eml`)
      // Whoever looks into the folder sees whole mails only.
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 })
      await rename(`${file}.part`, file)
      log().info({ mail, file }, 'SMTP_URL is not set: a mail was written to a file')
    },
  }
}
