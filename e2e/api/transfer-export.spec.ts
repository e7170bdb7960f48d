import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { exportZip } from '@/lib/services/transfer'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor, createPerson } from '../fixtures/factories'
import { addPicture } from '../fixtures/pages'
import { expect, test } from '../fixtures/test'
import {
  exported,
  importFile,
  importZip,
  postsOf,
  type StoredPost,
  unique,
  uploadsOf,
} from '../fixtures/transfer/import'
import { unzip } from '../fixtures/transfer/unzip'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

/** Writing of every kind, with dates and addresses that somebody chose. */
async function writeMuch(writer: Viewer): Promise<void> {
  const lamp = await addPicture(writer, 'The lamp, å (1).png')
  const unused = await addPicture(writer, 'unused.png')
  await query(
    sql`UPDATE uploads SET alt = 'A "lamp": lit', created_at = '2020-01-02T03:04:05Z' WHERE id = ${lamp.id}`,
  )
  await query(sql`UPDATE uploads SET alt = 'Nobody shows this' WHERE id = ${unused.id}`)
  const texts = [
    {
      title: 'Of “everything”: # yes, & more',
      content: `\n\n  ![one](${lamp.url} "t") and ![narrow](${lamp.url}?w=640)\n\n[it](${lamp.url})\n\n\`![code](lamp.png)\`\n\n<img src="${lamp.url}">\n\n| a |\n| - |\n| ![t](${lamp.url}) |\n\n---\ntitle: not front matter\n---\n\nfoot[^1]\n\n[^1]: ![f][r]\n\n[r]: ${lamp.url}\n`,
      excerpt: '---\nodd: excerpt',
      status: 'published',
      tags: ['Lamps', 'Öl & tran', 'yes', '12'],
      cover: lamp.id,
      slug: unique('everything'),
      former: [unique('old'), unique('older')],
      publishedAt: '2021-03-04T05:06:07.089Z',
    },
    { title: 'true', content: '', status: 'draft', slug: unique('empty') },
    { title: '2024-01-01', content: 'x'.repeat(200_000), status: 'draft', slug: unique('long') },
    {
      title: 'Later',
      content: '---\n\n# Begins like front matter\n',
      status: 'draft',
      slug: unique('later'),
      publishAt: '2999-01-01T00:00:00Z',
    },
    {
      title: 'Unpublished',
      content: 'Text\r\n',
      status: 'draft',
      slug: unique('un'),
      publishedAt: '2019-01-01T00:00:00Z',
    },
    { title: 'Gone', content: 'In the trash.', status: 'draft', slug: unique('gone'), trashed: true },
  ]
  for (const it of texts) {
    const { id } = await createPost(
      writer,
      newPost.parse({ title: it.title, content: it.content, excerpt: it.excerpt }),
      null,
    )
    await query(sql`
      UPDATE posts SET slug = ${it.slug}, status = ${it.status}::post_status, tags = ${it.tags ?? []}::text[],
        tag_keys = ${it.tags?.map((_, n) => `k${n}`) ?? []}::text[], cover_upload_id = ${it.cover ?? null},
        created_at = '2018-02-03T04:05:06.789Z', updated_at = '2022-01-01T00:00:00.001Z',
        published_at = ${it.publishedAt ?? null}, publish_at = ${it.publishAt ?? null},
        deleted_at = CASE WHEN ${it.trashed ?? false} THEN now() END
      WHERE id = ${id}`)
    for (const slug of it.former ?? [])
      await query(sql`INSERT INTO former_slugs (slug, post_id) VALUES (${slug}, ${id})`)
  }
}

/** Without what is another account's: ids, and the addresses made of them. */
async function comparable(writer: Viewer) {
  const names = new Map((await uploadsOf(writer)).map(({ id, filename }) => [id, filename]))
  const known = (content: string) =>
    content.replace(/\/uploads\/([\da-f-]{36})\/.*?\.png/g, (_, id) => `<${names.get(id)}>`)
  const posts = [...(await postsOf(writer)).values()].map(({ id: _, cover, content, ...post }) => ({
    ...post,
    content: known(content),
    cover: cover && names.get(cover),
  }))
  const byTitle = (one: { title: string }, other: { title: string }) => (one.title < other.title ? -1 : 1)
  return {
    posts: posts.sort(byTitle),
    uploads: (await uploadsOf(writer)).map(({ id: _, ...upload }) => upload),
  }
}

/** The files of an export without ids and addresses of pictures. */
async function comparableFiles(zip: Buffer): Promise<Record<string, string>> {
  const files = await unzip(zip)
  const entries = [...files].map(([name, content]) => {
    const text = name.startsWith('pictures/') ? `${content.length > 0}` : content.toString()
    const plain = (it: string) =>
      it.replace(/[\da-f]{8}-[\da-f-]{27}/g, '<id>').replace(/"exportedAt": "[^"]*"/, '"exportedAt": ""')
    return [plain(name), plain(text).split('\n').sort().join('\n')] as const
  })
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

test('a round trip loses nothing: exported, imported by another, exported again', async ({ writer }) => {
  await writeMuch(writer)
  const first = await exported(writer)
  const before = await comparable(writer)
  expect(before.posts).toHaveLength(6)
  // Addresses are everybody's: the first account makes room, as another installation has it.
  await query(sql`UPDATE posts SET slug = 'moved-' || id WHERE author_id = ${writer.userId}`)
  await query(
    sql`DELETE FROM former_slugs WHERE post_id IN (SELECT id FROM posts WHERE author_id = ${writer.userId})`,
  )

  const bea = await createPerson({ name: 'Bea' })
  const result = await importFile(bea, 'inkwell.zip', first)
  expect(result).toMatchObject({ status: 'done', made: 6, refused: 0, remarks: [] })
  expect(result.lines.flatMap(({ remarks }) => remarks)).toEqual([])
  expect(await comparable(bea)).toEqual(before)
  expect(await comparableFiles(await exported(bea))).toEqual(await comparableFiles(first))

  // Back where it came from, and where it was brought to, everything is there already.
  for (const person of [writer, bea]) {
    const uploads = await uploadsOf(person)
    expect(await importFile(person, 'again.zip', first)).toMatchObject({ made: 0, there: 6, refused: 0 })
    expect(await uploadsOf(person)).toEqual(uploads)
  }
})

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
  expect([...files.keys()]).toEqual(['inkwell.json', `posts/${slug}.md`, `pictures/${mine.id}/mine.png`])
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
  const lost = await addPicture(writer, 'lost.png')
  const folder = path.join(PRODUCT.dataDir, 'uploads', lost.id.slice(-2), lost.id)
  expect(readdirSync(folder)).toEqual(['original'])
  rmSync(folder, { recursive: true })
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
  // It is the lost picture that does it, not pictures as such.
  await query(sql`DELETE FROM uploads WHERE id = ${lost.id}`)
  expect([...(await unzip(await exported(writer))).keys()]).toEqual([
    'inkwell.json',
    `pictures/${first.id}/first.png`,
  ])
})

test('what an export says of a picture that is not in it does no harm', async ({ writer }) => {
  const bea = await createPerson({ name: 'Bea' })
  const theirs = await addPicture(bea, 'hers.png')
  const described = { ...theirs, alt: 'x', file: `pictures/${theirs.id}/hers.png` }
  const manifest = {
    format: 'inkwell-export',
    version: 1,
    site: '',
    exportedAt: new Date().toISOString(),
    pictures: [described],
  }
  const result = await importZip(writer, [
    { name: 'inkwell.json', content: JSON.stringify(manifest) },
    {
      name: 'posts/a.md',
      content: `---\ntitle: Claims\nid: ${theirs.id}\n---\n![x](../pictures/${theirs.id}/hers.png)`,
    },
  ])
  expect(result).toMatchObject({ made: 1, refused: 0 })
  expect(await uploadsOf(writer)).toEqual([])
  const [post] = [...(await postsOf(writer)).values()] as [StoredPost]
  expect(post.content).toBe(`![x](../pictures/${theirs.id}/hers.png)`)
})
