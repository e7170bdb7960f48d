import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { PRODUCT } from '@/e2e/fixtures/env'
import { END, FILE, MULTIPART, partHead } from '@/e2e/fixtures/multipart'
import { receiveFile } from '@/lib/http/multipart'
import { spool } from '@/lib/providers/spool'

const whole = `${FILE}content\r\n${END}`

function request(body: string, declared: number): Request {
  const headers = { ...MULTIPART, 'Content-Length': String(declared) }
  return new Request('http://localhost/api/uploads', { method: 'POST', headers, body })
}

const spooled = () => readdirSync(path.join(PRODUCT.dataDir, 'incoming'))

test('a form that has all the bytes it declares is received', async () => {
  const file = await receiveFile(request(whole, whole.length), 'file')
  expect(file).toMatchObject({ filename: 'a.png', bytes: 7 })
  expect(spooled()).toContain(path.basename(file.path))
  await spool().remove(file.path)
})

test('a whole form with other than the declared bytes was cut or grew on its way, and is refused', async () => {
  for (const declared of [whole.length + 1, whole.length - 1, whole.length + 1_000]) {
    const error = await receiveFile(request(whole, declared), 'file').catch((thrown) => thrown)
    expect(error, String(declared)).toMatchObject({
      code: 'malformed',
      message: expect.stringContaining('broke off'),
    })
  }
})

test('a part without a name is malformed, a file as a text', async () => {
  for (const disposition of ['filename="a.png"', 'size=1']) {
    const body = `${partHead(disposition, 'text/plain')}content\r\n${END}`
    await expect(receiveFile(request(body, body.length), 'file')).rejects.toMatchObject({ code: 'malformed' })
  }
})

test('a text beside the file is taken under the names that it may have, once, and whole', async () => {
  const field = (name: string, text: string) => `${partHead(`name="${name}"`, 'text/plain')}${text}\r\n`
  const take = (body: string) => receiveFile(request(body, body.length), 'file', 100, ['site'])
  const file = await take(`${field('site', 'https://old.example')}${whole}`)
  expect(file).toMatchObject({ filename: 'a.png', texts: { site: 'https://old.example' } })
  await spool().remove(file.path)
  for (const texts of [
    field('other', 'x'),
    field('site', 'x') + field('site', 'y'),
    field('site', 'x'.repeat(2_000)),
    field('file', 'x'),
  ])
    await expect(take(texts + whole), texts).rejects.toMatchObject({ code: 'invalid' })
})
