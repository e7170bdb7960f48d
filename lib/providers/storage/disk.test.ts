import { existsSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from '@playwright/test'
import { HOME } from '@/e2e/fixtures/env'
import { newId } from '@/lib/ids'
import { diskStorage } from '@/lib/providers/storage/disk'

function place() {
  const home = mkdtempSync(path.join(HOME, 'disk-'))
  const file = (content: string) => {
    const name = path.join(home, newId())
    writeFileSync(name, content)
    return name
  }
  return { home, file, root: path.join(home, 'uploads'), disk: diskStorage(path.join(home, 'uploads')) }
}

test('takes files over, and reads them whole and in part', async () => {
  const { disk, file } = place()
  const [id, sent] = [newId(), file('0123456789')]
  await disk.put(`${id}/original`, sent)
  expect(existsSync(sent)).toBe(false)
  expect(await disk.size(`${id}/original`)).toBe(10)
  const read = async (range?: { start: number; end: number }) => {
    const content = await disk.read(`${id}/original`, range)
    return content && text(content)
  }
  expect(await read()).toBe('0123456789')
  expect(await read({ start: 2, end: 4 })).toBe('234')
})

test('what is not there is null, and removing it is fine', async () => {
  const { disk } = place()
  expect(await disk.size(`${newId()}/original`)).toBeNull()
  expect(await disk.read(`${newId()}/original`)).toBeNull()
  await disk.remove(newId())
})

test('removes a folder with all that is in it, and no other', async () => {
  const { disk, file, root } = place()
  const [gone, kept] = [`${newId().slice(0, -2)}aa`, `${newId().slice(0, -2)}aa`]
  for (const key of [`${gone}/original`, `${gone}/w160`, `${kept}/original`]) await disk.put(key, file('x'))
  await disk.remove(gone)
  expect(readdirSync(path.join(root, 'aa'))).toEqual([kept])
  expect(await disk.size(`${kept}/original`)).toBe(1)
})

test('a file that can’t be put is said to be unavailable, and stays where it was', async () => {
  const { disk, file, home } = place()
  // Where the directory should be is something else, as on a disk that is not mounted.
  symlinkSync(path.join(home, 'nowhere'), path.join(home, 'uploads'))
  const sent = file('x')
  const error = await disk.put(`${newId()}/original`, sent).catch((thrown) => thrown)
  expect(error).toMatchObject({ code: 'unavailable', retryAfter: expect.any(Number) })
  expect(existsSync(sent)).toBe(true)
})
