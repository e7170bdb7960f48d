import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { newId } from '@/lib/ids'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { changeProject, createProject, listProjects } from '@/lib/services/projects'
import { exportZip, listLost } from '@/lib/services/transfer'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor, createPerson } from '../fixtures/factories'
import { addPicture } from '../fixtures/pages'
import { animation, type Format, picture, upload } from '../fixtures/pictures'
import { apiWith, expect, test } from '../fixtures/test'
import {
  exported,
  importFile,
  importZip,
  postOf,
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
  const api = apiWith(await createKeyFor(writer))
  const others: [name: string, content: Buffer][] = [
    ...(await Promise.all(
      (['jpeg', 'webp', 'avif', 'gif'] as Format[]).map(
        async (format): Promise<[string, Buffer]> => [`a.${format}`, await picture(format)],
      ),
    )),
    ['moving.gif', await animation('gif')],
    ['moving.webp', await animation('webp')],
  ]
  let shown = ''
  for (const [filename, content] of others)
    shown += `![${filename}](${(await upload(api, content, { filename })).url})\n`
  await createProject(writer, { name: 'Lamps', brief: 'Dry,\nand # exact: "always".' }, null)
  const texts = [
    { title: 'Pictures', content: shown, status: 'draft', slug: unique('pictures') },
    {
      title: 'Of “everything”: # yes,  & more',
      content: `\n\n  ![one](${lamp.url} "t") and ![narrow](${lamp.url}?w=640)\n\n[it](${lamp.url})\n\n\`![code](lamp.png)\` \`![[lamp.png]]\` ![[unused.png|Not Obsidian’s]] [[note]] {{< x >}}\n\n<img src="${lamp.url}">\n\n| a |\n| - |\n| ![t](${lamp.url}) |\n\n---\ntitle: not front matter\n---\n\nfoot[^1]\n\n[^1]: ![f][r]\n\n[r]: ${lamp.url}\n`,
      excerpt: '---\nodd: excerpt',
      status: 'published',
      tags: ['Lamps', 'Öl & tran', 'yes', '12', '#ruby'],
      cover: lamp.id,
      slug: unique('everything'),
      former: [unique('old'), unique('older'), unique('o'.repeat(80))],
      publishedAt: '2021-03-04T05:06:07.089Z',
    },
    { title: 'true', content: '', status: 'draft', slug: unique('empty'.repeat(16)) },
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

const folderOf = (id: string) => path.join(PRODUCT.dataDir, 'uploads', id.slice(-2), id)

/** Without what is another account's: ids, and the addresses made of them. */
async function comparable(writer: Viewer) {
  const names = new Map((await uploadsOf(writer)).map(({ id, filename }) => [id, filename]))
  const known = (content: string) =>
    content.replace(
      /\/uploads\/([\da-f-]{36})\/.*?\.(?:png|jpg|webp|avif|gif)/g,
      (_, id) => `<${names.get(id)}>`,
    )
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
  const entries: [string, string][] = []
  for (const [name, content] of await unzip(zip)) {
    const text = name.startsWith('pictures/') ? await comparablePicture(content) : content.toString()
    const plain = (it: string) =>
      it.replace(/[\da-f]{8}-[\da-f-]{27}/g, '<id>').replace(/"exportedAt": "[^"]*"/, '"exportedAt": ""')
    entries.push([plain(name), plain(text).split('\n').sort().join('\n')])
  }
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** What is seen: to the pixel where nothing is lost in encoding, and otherwise all but that. */
async function comparablePicture(content: Buffer): Promise<string> {
  const image = sharp(content, { animated: true })
  const { format, width, height, pages, delay, loop } = await image.metadata()
  const exact = format === 'png'
  const seen = exact
    ? createHash('sha256')
        .update(await image.raw().toBuffer())
        .digest('hex')
    : ''
  return JSON.stringify({ format, width, height, pages, delay, loop, seen })
}

/** How far the pictures of two exports are from each other on average, of 255, by their names. */
async function distances(one: Buffer, other: Buffer): Promise<Record<string, number>> {
  const pixelsOf = async (zip: Buffer) => {
    const pictures = [...(await unzip(zip))].filter(([name]) => name.startsWith('pictures/'))
    return new Map(
      await Promise.all(
        pictures.map(
          async ([name, content]) =>
            [path.basename(name), await sharp(content, { animated: true }).raw().toBuffer()] as const,
        ),
      ),
    )
  }
  const [before, after] = [await pixelsOf(one), await pixelsOf(other)]
  const apart = (a: Buffer, b = Buffer.alloc(0)) =>
    a.length === b.length
      ? a.reduce((sum, value, n) => sum + Math.abs(value - (b[n] ?? 0)), 0) / a.length
      : 255
  return Object.fromEntries([...before].map(([name, pixels]) => [name, apart(pixels, after.get(name))]))
}

test('a round trip loses nothing: exported, imported by another, exported again', async ({ writer }) => {
  await writeMuch(writer)
  const first = await exported(writer)
  const before = await comparable(writer)
  expect(before.posts).toHaveLength(7)
  expect(before.uploads).toHaveLength(8)
  // Addresses are everybody's: the first account makes room, as another installation has it.
  await query(sql`UPDATE posts SET slug = 'moved-' || id WHERE author_id = ${writer.userId}`)
  await query(
    sql`DELETE FROM former_slugs WHERE post_id IN (SELECT id FROM posts WHERE author_id = ${writer.userId})`,
  )

  const bea = await createPerson({ name: 'Bea' })
  const result = await importFile(bea, 'inkwell.zip', first)
  expect(result).toMatchObject({ status: 'done', made: 7, refused: 0, remarks: ['One project was made.'] })
  expect(result.lines.flatMap(({ remarks }) => remarks)).toEqual([])
  expect(await comparable(bea)).toEqual(before)
  const second = await exported(bea)
  expect(await comparableFiles(second)).toEqual(await comparableFiles(first))
  for (const [name, distance] of Object.entries(await distances(first, second)))
    expect(distance, name).toBeLessThan(5)

  // Back where it came from, and where it was brought to, everything is there already.
  for (const person of [writer, bea]) {
    const uploads = await uploadsOf(person)
    expect(await importFile(person, 'again.zip', first)).toMatchObject({ made: 0, there: 7, refused: 0 })
    expect(await uploadsOf(person)).toEqual(uploads)
    expect(await listProjects(person)).toHaveLength(1)
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

test('pictures of an export that come back without its list are not written anew', async ({ writer }) => {
  const { url } = await upload(apiWith(await createKeyFor(writer)), await picture('jpeg'), {
    filename: 'a.jpg',
  })
  await createPost(writer, newPost.parse({ title: 'Before', content: `![a](${url})` }), null)
  const uploads = await uploadsOf(writer)
  const files = [...(await unzip(await exported(writer)))]
    .filter(([name]) => name !== 'inkwell.json')
    .map(([name, content]) => ({
      name,
      content: name.endsWith('.md') ? content.toString().replace('title: Before', 'title: After') : content,
    }))
  expect(await importZip(writer, files)).toMatchObject({ status: 'done', made: 1 })
  expect(await uploadsOf(writer)).toEqual(uploads)
  expect((await postOf(writer, 'After')).content).toBe(`![a](${url})`)
})

test('projects of an export come once, and no others than there may be', async ({ writer }) => {
  const manifest = (projects: unknown[]) => ({
    name: 'inkwell.json',
    content: JSON.stringify({
      format: 'inkwell-export',
      version: 1,
      site: '',
      exportedAt: new Date().toISOString(),
      projects,
      pictures: [],
    }),
  })
  const project = { id: newId(), name: 'Sea', brief: 'Salt.', createdAt: '2020-01-02T03:04:05.000Z' }
  const files = [manifest([project, { ...project, id: newId(), name: 'n'.repeat(81) }])]
  const refused = `The project ${'n'.repeat(81)} was not taken: At most 80 characters.`
  expect((await importZip(writer, files)).remarks).toEqual([
    'One project was made.',
    refused,
    'There is no post in it.',
  ])
  const [made] = await listProjects(writer)
  expect(made).toMatchObject({ name: 'Sea', brief: 'Salt.' })
  // What has been changed since stays as it is, and what is somebody else’s is not theirs.
  await changeProject(writer, made?.id ?? '', { name: 'Sea', brief: 'Sweet.' }, 1)
  expect((await importZip(writer, files)).remarks).toEqual([refused, 'There is no post in it.'])
  expect(await listProjects(writer)).toMatchObject([{ id: made?.id, name: 'Sea', brief: 'Sweet.' }])
  const bea = await createPerson({ name: 'Bea' })
  await importZip(bea, [manifest([{ ...project, id: made?.id }])])
  expect(await listProjects(bea)).toMatchObject([{ name: 'Sea', brief: 'Salt.' }])
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
