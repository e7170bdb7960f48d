import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'
import '@/e2e/fixtures/env'
import { mailServer, test } from '@/e2e/fixtures/mail-server'
import { newId } from '@/lib/ids'
import { mailFolder } from '@/lib/providers/mail/folder'
import { smtp } from '@/lib/providers/mail/smtp'

const FROM = 'Ink Well <ink@b.example>'
const mail = {
  id: newId(),
  to: ['olga@example.com', 'otto@example.com'],
  subject: 'Größe: 80 %\r\nBcc: eve@example.com',
  text: 'Ein Satz.\n.\nUnd noch einer.\n',
}

/** As it is written, whichever way it is sent. */
const written = [
  /^From: Ink Well <ink@b\.example>\r?$/m,
  /^To: olga@example\.com, otto@example\.com\r?$/m,
  new RegExp(`^Message-ID: <${mail.id}@b\\.example>\r?$`, 'm'),
  /^Auto-Submitted: auto-generated\r?$/m,
]

test('a mail server is told of all recipients, with user and password, and nobody is added', async () => {
  const server = await mailServer()
  await smtp(server.url, FROM).send(mail)
  expect(server.received).toHaveLength(1)
  const [it] = server.received
  expect(it).toMatchObject({ from: 'ink@b.example', to: mail.to, user: 'u', password: 'open/sesame' })
  for (const line of written) expect(it?.text).toMatch(line)
  expect(it?.text).not.toMatch(/^Bcc:/m)
  expect(it?.text).toContain('Ein Satz.\r\n.\r\nUnd noch einer.')
})

test('a mail server that refuses, or that is not there, is an error that keeps the password to itself', async () => {
  const server = await mailServer()
  server.refuses = true
  await expect(smtp(server.url, FROM).send(mail)).rejects.toThrow(/451 Not now/)
  await server.close()
  const failure = await smtp(server.url, FROM)
    .send(mail)
    .catch((error: Error) => error)
  expect(String((failure as Error).stack)).toContain('ECONNREFUSED')
  expect(String((failure as Error).stack)).not.toMatch(/sesame/)
})

test('without a mail server a mail is a file for its owner’s eyes, and the same one however often it is sent', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'inkwell-mail-')), 'mail')
  const sender = mailFolder(folder, FROM)
  await sender.send(mail)
  await sender.send(mail)
  expect(await readdir(folder)).toEqual([`${mail.id}.eml`])
  const file = path.join(folder, `${mail.id}.eml`)
  const text = await readFile(file, 'utf8')
  for (const line of written) expect(text).toMatch(line)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})
