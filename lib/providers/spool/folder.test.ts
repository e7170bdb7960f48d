import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from '@playwright/test'
import { HOME } from '@/e2e/fixtures/env'
import { spoolIn } from '@/lib/providers/spool/folder'

const SHA256_OF_HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
const pieces = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)))
const newFolder = () => path.join(mkdtempSync(path.join(HOME, 'spool-')), 'incoming')

test('what comes in pieces is one file, counted and known by its hash', async () => {
  const folder = newFolder()
  const spool = spoolIn(folder)
  const file = await spool.take(pieces('he', 'l', 'lo'), 5)
  expect(file).toEqual({ path: expect.stringContaining(folder), bytes: 5, sha256: SHA256_OF_HELLO })
  expect(readFileSync(file.path, 'utf8')).toBe('hello')
  await spool.remove(file.path)
  await spool.remove(file.path)
  expect(existsSync(file.path)).toBe(false)
})

test('one byte too many is refused at once, and nothing is left', async () => {
  const folder = newFolder()
  const source = pieces('hello', '!', 'never read')
  await expect(spoolIn(folder).take(source, 5)).rejects.toMatchObject({ code: 'too_large' })
  expect(source.destroyed).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

test('what its source throws is thrown, and nothing is left', async () => {
  async function* broken() {
    yield Buffer.from('hello')
    throw new Error('the sender has gone')
  }
  const folder = newFolder()
  await expect(spoolIn(folder).take(broken(), 100)).rejects.toThrow('the sender has gone')
  expect(readdirSync(folder)).toEqual([])
})

test('a disk that can’t be written is said to be unavailable', async () => {
  const folder = newFolder()
  writeFileSync(folder, 'in the way')
  const unavailable = { code: 'unavailable', retryAfter: expect.any(Number) }
  await expect(spoolIn(folder).take(pieces('hello'), 5)).rejects.toMatchObject(unavailable)
  await expect(spoolIn(folder).newPath()).rejects.toMatchObject(unavailable)
})

test('what is there at two sweeps in a row is removed, and nothing younger', async () => {
  const folder = newFolder()
  const spool = spoolIn(folder)
  await spool.sweep()
  const old = await spool.take(pieces('old'), 5)
  await spool.sweep()
  const young = await spool.take(pieces('young'), 5)
  expect(readdirSync(folder).sort()).toEqual([old, young].map((file) => path.basename(file.path)).sort())
  await spool.sweep()
  expect(readdirSync(folder)).toEqual([path.basename(young.path)])
  await spool.sweep()
  expect(readdirSync(folder)).toEqual([])
})
