import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { picture } from '../fixtures/pictures'
import { expect, test } from '../fixtures/test'
import {
  importFile,
  importZip,
  lineOf,
  postOf,
  postsOf,
  unique,
  uploadsOf,
} from '../fixtures/transfer/import'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

test('posts of Hugo, Jekyll, Astro and Obsidian come with their dates, tags, addresses and pictures', async ({
  writer,
}) => {
  const [hugo, jekyll, astro] = ['hugo', 'jekyll', 'astro'].map(unique)
  const lamp = await picture('png', 40, 30)
  const result = await importZip(writer, [
    {
      name: `site-main/content/posts/${hugo}/index.md`,
      content: `---
title: "A page bundle"
date: 2021-03-05T10:00:00+01:00
lastmod: 2021-04-01
draft: false
tags: [Lamps, "Oil & wicks"]
categories: Sea
description: Of a lamp.
cover:
  image: lamp.png
  alt: The lamp at night
author: Ada
---

See ![the lamp](lamp.png "lit") and \`![not this](lamp.png)\`.

{{< youtube abc >}}
`,
    },
    { name: `site-main/content/posts/${hugo}/lamp.png`, content: lamp },
    {
      name: `site-main/_posts/2019-07-14-${jekyll}.markdown`,
      content: `---\nlayout: post\ntitle: By its file’s name\ntags: one, two\n---\n<img src="/assets/other.png" alt="x">\n\n![gone](/assets/gone.png)\n`,
    },
    { name: 'site-main/assets/other.png', content: await picture('png', 20, 20) },
    {
      name: `site-main/src/content/blog/${astro}.mdx`,
      content: `+++\ntitle = 'With TOML'\npubDate = 2020-02-29\ndraft = true\ntags = ["x"]\n+++\nText.`,
    },
    {
      name: 'site-main/vault/A note.md',
      content:
        '# A note of mine\n\nOf [[Another]] and ![[lamp.png|Lamp]], not `![[lamp.png]]`.\n\n```\n![[lamp.png]]\n```\n\n    ![[lamp.png]]\n\n![[lamp.png|300]]\n',
    },
    { name: 'site-main/_drafts/later.md', content: '---\ntitle: Not yet\ndate: 2020-01-01\n---\nSoon.' },
    { name: '__MACOSX/site-main/._x.md', content: 'no' },
  ])
  expect(result).toMatchObject({ status: 'done', error: null, made: 5, there: 0, refused: 0 })

  const bundle = await postOf(writer, 'A page bundle')
  expect(bundle).toMatchObject({
    slug: hugo,
    status: 'published',
    excerpt: 'Of a lamp.',
    tags: ['Lamps', 'Oil & wicks', 'Sea'],
    createdAt: new Date('2021-03-05T09:00:00Z'),
    publishedAt: new Date('2021-03-05T09:00:00Z'),
    updatedAt: new Date('2021-04-01T00:00:00Z'),
  })
  const uploads = await uploadsOf(writer)
  expect(uploads.map(({ filename }) => filename)).toEqual(['lamp.png', 'other.png'])
  expect(bundle.cover).toBe(uploads[0]?.id)
  expect(bundle.content).toBe(
    `See ![the lamp](/uploads/${uploads[0]?.id}/lamp.png "lit") and \`![not this](lamp.png)\`.\n\n{{< youtube abc >}}\n`,
  )
  expect(lineOf(result, 'A page bundle').remarks).toEqual([
    'Its front matter says what has no place here, and was left out: author.',
    'Shortcodes of Hugo stay in the text as they are: youtube.',
  ])

  const byName = await postOf(writer, 'By its file’s name')
  expect(byName).toMatchObject({
    slug: jekyll,
    status: 'published',
    publishedAt: new Date('2019-07-14T00:00:00Z'),
  })
  expect(byName.content).toBe(
    `<img src="/uploads/${uploads[1]?.id}/other.png" alt="x">\n\n![gone](/assets/gone.png)\n`,
  )
  expect(lineOf(result, byName.title).remarks).toEqual([
    'Not in the file: /assets/gone.png. The links stay as they are.',
  ])
  expect(await postOf(writer, 'With TOML')).toMatchObject({
    slug: astro,
    status: 'draft',
    publishedAt: new Date('2020-02-29T00:00:00Z'),
  })
  expect(await postOf(writer, 'Not yet')).toMatchObject({ status: 'draft' })
  const note = await postOf(writer, 'A note of mine')
  expect(note).toMatchObject({ status: 'draft', publishedAt: null })
  expect(note.content).toBe(
    `Of [[Another]] and ![Lamp](/uploads/${uploads[0]?.id}/lamp.png), not \`![[lamp.png]]\`.\n\n\`\`\`\n![[lamp.png]]\n\`\`\`\n\n    ![[lamp.png]]\n\n![](/uploads/${uploads[0]?.id}/lamp.png)\n`,
  )
})

test('the same files again make nothing, a changed one makes another', async ({ writer }) => {
  const content = `---\ntitle: ${unique('Once')}\n---\nText.`
  const files = [
    { name: 'a.md', content },
    { name: 'b.md', content: '---\ntitle: Other\n---\n![x](p.png)' },
    { name: 'p.png', content: await picture() },
  ]
  expect(await importZip(writer, files)).toMatchObject({ made: 2, there: 0 })
  expect(await importZip(writer, files)).toMatchObject({ made: 0, there: 2, refused: 0 })
  expect(await importFile(writer, 'a.md', content)).toMatchObject({ made: 0, there: 1 })
  expect(await uploadsOf(writer)).toHaveLength(1)
  expect(await importFile(writer, 'a.md', `${content} More.`)).toMatchObject({ made: 1 })
  // What one writer has imported is nobody else’s.
  const bea = await createPerson({ name: 'Bea' })
  expect(await importZip(bea, files)).toMatchObject({ made: 2 })
  expect(await uploadsOf(bea)).toHaveLength(1)
})

test('an address that is taken, or is none, is another one, and the report says so', async ({ writer }) => {
  const slug = unique('taken')
  const first = await importFile(writer, 'a.md', `---\ntitle: First\nslug: ${slug}\n---\n1`)
  expect(first.lines[0]?.remarks).toEqual([])
  const bea = await createPerson({ name: 'Bea' })
  const second = await importFile(bea, 'b.md', `---\ntitle: Second\nslug: ${slug}\n---\n2`)
  const post = await postOf(bea, 'Second')
  expect(post.slug).toMatch(new RegExp(`^${slug}-[\\da-f]{6}$`))
  expect(second.lines[0]?.remarks).toEqual([`Its address is /posts/${post.slug}, since “${slug}” is taken.`])
  const third = await importFile(writer, 'c.md', '---\ntitle: Third\nslug: Ünïcode 日本\n---\n3')
  expect(third.lines[0]?.remarks[0]).toContain('is not of small Latin letters, digits and hyphens')
})

test('what is over a limit is cut and told, or refused; the rest is imported', async ({ writer }) => {
  const result = await importZip(writer, [
    {
      name: `${newId()}.md`,
      content: `---\ntitle: ${'t'.repeat(250)}\nexcerpt: ${'e'.repeat(600)}\n---\nText.`,
    },
    {
      name: '2.md',
      content: `---\ntitle: Tags\ntags: [${Array.from({ length: 12 }, (_, n) => `t${n}`).join(', ')}]\n---\n`,
    },
    { name: '3.md', content: `---\ntitle: Too long\n---\n${'x'.repeat(200_001)}` },
    { name: '4.md', content: '---\ntitle: Later\nstatus: published\ndate: 2999-01-01\n---\n' },
    { name: '5.md', content: '---\ntitle: Missed\nstatus: draft\npublishAt: 2020-01-01\n---\n' },
    { name: '6.md', content: '---\ntitle: No day\ndate: yesterday\n---\n' },
    { name: '7.md', content: '' },
  ])
  expect(result).toMatchObject({ status: 'done', made: 6, refused: 1 })
  const long = await postOf(writer, 't'.repeat(200))
  expect(long.excerpt).toBe('e'.repeat(500))
  const { remarks } = lineOf(result, long.title)
  expect(remarks).toHaveLength(2)
  expect(remarks[0]).toBe(`Its title was cut to 200 characters. It was: ${'t'.repeat(250)}`)
  expect((await postOf(writer, 'Tags')).tags).toHaveLength(10)
  expect(lineOf(result, 'Tags').remarks[0]).toContain('Left out: t10, t11.')
  expect(lineOf(result, 'Too long')).toMatchObject({
    outcome: 'refused',
    remarks: ['Its text is longer than 200000 characters. Part it and import it again.'],
  })
  expect(await postOf(writer, 'Later')).toMatchObject({
    status: 'draft',
    publishAt: new Date('2999-01-01T00:00:00Z'),
  })
  expect(await postOf(writer, 'Missed')).toMatchObject({ status: 'draft', publishAt: null })
  expect(lineOf(result, 'Missed').remarks[0]).toContain('which has passed')
  expect(lineOf(result, 'No day').remarks[0]).toContain('“yesterday” can’t be read')
  expect((await postsOf(writer)).has('7')).toBe(true)
})

test('what does not clearly say that it is public is a draft', async ({ writer }) => {
  const says: [matter: string, status: string][] = [
    ['draft: yes', 'draft'],
    ['draft: "True"', 'draft'],
    ['draft: 1', 'draft'],
    ['draft: perhaps', 'draft'],
    ['draft: [false]', 'draft'],
    ['published: no', 'draft'],
    ['publish: "off"', 'draft'],
    ['status: 7', 'draft'],
    ['draft: false\npublished: false', 'draft'],
    ['draft: NO', 'published'],
    ['draft: "false"', 'published'],
    ['published: On', 'published'],
    ['status: Published', 'published'],
    ['draft:', 'published'],
  ]
  await importZip(
    writer,
    says.map(([matter], n) => ({
      name: `${n}.md`,
      content: `---\ntitle: N${n}\ndate: 2020-01-01\n${matter}\n---\n`,
    })),
  )
  const posts = await postsOf(writer)
  expect(says.map(([matter], n) => [matter, posts.get(`N${n}`)?.status])).toEqual(says)
})

test('a picture that was deleted since is made again', async ({ writer }) => {
  const lamp = await picture('png', 12, 8)
  const files = (title: string) => [
    { name: `${title}.md`, content: `---\ntitle: ${title}\nslug: ${unique('again')}\n---\n![](lamp.png)` },
    { name: 'lamp.png', content: lamp },
  ]
  await importZip(writer, files('Before'))
  const [before] = await uploadsOf(writer)
  if (!before) throw new Error('no upload was made')
  await query(sql`DELETE FROM uploads WHERE id = ${before.id}`)
  expect(await importZip(writer, files('After'))).toMatchObject({ status: 'done', made: 1 })
  expect(await uploadsOf(writer)).toHaveLength(1)
})

test('what a picture shows is cut to what an upload may say, and told', async ({ writer }) => {
  const shows = 'o'.repeat(310)
  const result = await importZip(writer, [
    {
      name: 'a.md',
      content: `---\ntitle: Much to see\nslug: ${unique('alt')}\ncover: {image: lamp.png, alt: "N\\0UL ${shows}"}\n---\n`,
    },
    { name: 'lamp.png', content: await picture('png', 9, 8) },
  ])
  expect(result).toMatchObject({ status: 'done', made: 1 })
  expect(lineOf(result, 'Much to see').remarks).toEqual([
    `What the picture lamp.png shows was cut to 300 characters. It was: NUL ${shows}`,
  ])
  const uploads = await query<{ alt: string }>(sql`SELECT alt FROM uploads WHERE owner_id = ${writer.userId}`)
  expect(uploads).toEqual([{ alt: `NUL ${'o'.repeat(296)}` }])
})

test('an import that was broken off here is in nobody’s way', async ({ writer }) => {
  await query(sql`
    INSERT INTO imports (id, owner_id, filename, stored, lease_until)
    VALUES (gen_random_uuid(), ${writer.userId}, 'broken-off', false, now() - interval '1 second')`)
  expect(await importFile(writer, 'a.md', '---\ntitle: On\n---\n')).toMatchObject({ status: 'done', made: 1 })
})

test('a public post with a silent cover stays public, and the report says so of each', async ({ writer }) => {
  const cover = await picture()
  const page = (title: string, more: string) => ({
    name: `${title}.md`,
    content: `---\ntitle: ${title}\nslug: ${unique('cover')}\n${more}\n---\nText.`,
  })
  const result = await importZip(writer, [
    page('Silent', 'date: 2020-01-01\ncover: silent.png'),
    page('Later', 'date: 2099-01-01\ncover: silent.png'),
    page('Draft', 'draft: true\ncover: silent.png'),
    page('Told', 'date: 2020-01-01\ncover: told.png\ncoverAlt: A pier'),
    { name: 'silent.png', content: cover },
    { name: 'told.png', content: await picture() },
  ])
  expect(lineOf(result, 'Silent').remarks).toEqual([
    'It is public, and nobody has said what its cover shows: write it under Uploads.',
  ])
  expect(lineOf(result, 'Later').remarks).toEqual([
    'It is not published at its time until somebody has said what its cover shows, under Uploads.',
  ])
  for (const title of ['Draft', 'Told']) expect(lineOf(result, title).remarks, title).toEqual([])
})
