import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { exportZip, listLost } from '@/lib/services/transfer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor, createPerson } from '../fixtures/factories'
import { addPicture } from '../fixtures/pages'
import { expect, test } from '../fixtures/test'
import { exported, importFile, unique } from '../fixtures/transfer/import'
import { unzip } from '../fixtures/transfer/unzip'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

const folderOf = (id: string) => path.join(PRODUCT.dataDir, 'uploads', id.slice(-2), id)

test('an export reads by itself, and holds nothing of anybody else', async ({ writer }) => {
  const bea = await createPerson({ name: 'Bea' })
  const theirs = await addPicture(bea, 'hers.png')
  await createPost(bea, newPost.parse({ title: 'Hers', content: 'Secret.' }), null)
  const mine = await addPicture(writer, 'mine.png')
  const content = `![m](${PRODUCT.url}${mine.url}) ![h](${theirs.url})`
  const { slug } = await createPost(writer, newPost.parse({ title: unique('Mine'), content }), null)

  const { name, value } = await createCookieFor(writer)
  const answer = await fetch(`${PRODUCT.url}/dashboard/transfer/inkwell-export.zip`, {
    headers: { Cookie: `${name}=${value}` },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="inkwell-\d{4}-\d\d-\d\d\.zip"$/,
  )
  const files = await unzip(Buffer.from(await answer.arrayBuffer()))
  expect([...files.keys()]).toEqual([`posts/${slug}.md`, `pictures/${mine.id}/mine.png`, 'inkwell.json'])
  const file = files.get(`posts/${slug}.md`)?.toString() ?? ''
  expect(file).toContain(`![m](../pictures/${mine.id}/mine.png) ![h](${theirs.url})`)
  expect(JSON.parse(files.get('inkwell.json')?.toString() ?? '')).toMatchObject({
    format: 'inkwell-export',
    version: 1,
    pictures: [
      { id: mine.id, file: `pictures/${mine.id}/mine.png`, filename: 'mine.png', width: 320, height: 200 },
    ],
  })
  expect(Buffer.concat([...files.values()]).includes('Secret.')).toBe(false)
})

test('only the dashboard’s own session has the export, and sends files', async ({ writer }) => {
  const key = await createKeyFor(writer)
  for (const [headers, status] of [
    [{}, 401],
    [{ Authorization: `Bearer ${key}` }, 403],
  ] as const) {
    const answer = await fetch(`${PRODUCT.url}/dashboard/transfer/inkwell-export.zip`, { headers })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('PK')
  }
})

test('an export is made as it is read', async ({ writer }) => {
  for (let n = 0; n < 100; n++) {
    await createPost(
      writer,
      newPost.parse({ title: `Post ${n}`, content: `before ${'x'.repeat(20_000)}` }),
      null,
    )
  }
  const reader = exportZip(writer).getReader()
  const pieces: Uint8Array[] = []
  const readUntil = async (isEnough: () => boolean) => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value)
      if (isEnough()) return
    }
  }
  await readUntil(() => Buffer.concat(pieces).includes('posts/'))
  // What was changed after the reader had paused is in what it reads then: it had not been fetched before.
  await query(
    sql`UPDATE posts SET content = replace(content, 'before', 'after') WHERE author_id = ${writer.userId}`,
  )
  await readUntil(() => false)
  const files = await unzip(Buffer.concat(pieces))
  const contents = [...files.values()].map((file) => file.toString())
  expect(files.size).toBe(101)
  expect(contents.filter((content) => content.includes('\nbefore')).length).toBeLessThanOrEqual(20)
  expect(contents.filter((content) => content.includes('\nafter')).length).toBeGreaterThanOrEqual(80)
})

test('a failure in the middle breaks the connection off', async ({ writer }) => {
  const first = await addPicture(writer, 'first.png')
  const broken = await addPicture(writer, 'broken.png')
  const folder = folderOf(broken.id)
  expect(readdirSync(folder)).toEqual(['original'])
  rmSync(path.join(folder, 'original'))
  // It is there, and can't be read.
  mkdirSync(path.join(folder, 'original'))
  const { name, value } = await createCookieFor(writer)
  const answer = await fetch(`${PRODUCT.url}/dashboard/transfer/inkwell-export.zip`, {
    headers: { Cookie: `${name}=${value}` },
  })
  expect(answer.status).toBe(200)
  const read = await text(answer.body as never).then(
    () => 'whole',
    () => 'broken off',
  )
  expect(read).toBe('broken off')
  // It is the broken picture that does it, not pictures as such.
  await query(sql`DELETE FROM uploads WHERE id = ${broken.id}`)
  expect([...(await unzip(await exported(writer))).keys()]).toEqual([
    `pictures/${first.id}/first.png`,
    'inkwell.json',
  ])
})

test('a picture whose file is gone is told of, and keeps nobody from leaving', async ({ writer }) => {
  const first = await addPicture(writer, 'first.png')
  const lost = await addPicture(writer, 'lost.png')
  const kept = readFileSync(path.join(folderOf(lost.id), 'original'))
  await createPost(writer, newPost.parse({ title: 'Shows it', content: `![x](${lost.url})` }), null)
  rmSync(folderOf(lost.id), { recursive: true })

  const zip = await exported(writer)
  const files = await unzip(zip)
  expect([...files.keys()].filter((name) => name.startsWith('pictures/'))).toEqual([
    `pictures/${first.id}/first.png`,
  ])
  const manifest = JSON.parse(files.get('inkwell.json')?.toString() ?? '')
  expect(manifest.lost).toEqual([{ id: lost.id, filename: 'lost.png' }])
  expect(manifest.pictures).toMatchObject([{ id: first.id }])
  expect(await listLost(writer)).toEqual(['lost.png'])

  const bea = await createPerson({ name: 'Bea' })
  const result = await importFile(bea, 'inkwell.zip', zip)
  expect(result).toMatchObject({ status: 'done', made: 1, refused: 0 })
  expect(result.remarks).toEqual(['Lost already where it was exported, and not in the file: lost.png.'])

  // Brought back from a backup, it is no loss any more.
  mkdirSync(folderOf(lost.id))
  writeFileSync(path.join(folderOf(lost.id), 'original'), kept)
  expect(
    JSON.parse((await unzip(await exported(writer))).get('inkwell.json')?.toString() ?? '').lost,
  ).toEqual([])
  expect(await listLost(writer)).toEqual([])
})
