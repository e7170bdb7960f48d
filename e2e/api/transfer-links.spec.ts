import { newId } from '@/lib/ids'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createPerson } from '../fixtures/factories'
import { expect, test } from '../fixtures/test'
import { ghostExport, ghostPost } from '../fixtures/transfer/ghost'
import { exported, importFile, importZip, lineOf, postOf, unique } from '../fixtures/transfer/import'
import { unzip } from '../fixtures/transfer/unzip'
import { wxr } from '../fixtures/transfer/wordpress'

const LOST = 'Links to other places of the old site lead nowhere, since its address is not known: '
const WITHDRAWN =
  'It is a draft, since nobody could see those pictures: the address of the old site is not known.'

test('links of Ghost lead to the posts that they mean, under the addresses that those have got', async ({
  writer,
}) => {
  const [first, second, taken, earlier] = ['first', 'second', 'taken', 'earlier'].map(unique)
  const bea = await createPerson({ name: 'Bea' })
  await importFile(bea, 'a.md', `---\ntitle: Hers\nslug: ${taken}\n---\n`)
  const post = (title: string, slug = '', html = '<p>Text.</p>', over = {}) =>
    ghostPost({ id: title, uuid: newId(), title, slug, html, ...over })
  const old = post('Earlier', earlier)
  await importFile(writer, 'ghost.json', ghostExport({ posts: [old] }))
  await query(sql`UPDATE posts SET slug = ${`${earlier}-renamed`} WHERE slug = ${earlier}`)

  const html = `<p><a href="__GHOST_URL__/${second}/">next</a>, <a href="__GHOST_URL__/2023/07/${taken}/#part">part</a>, <a href="__GHOST_URL__/${earlier}/?ref=x">before</a>, <a href="/${second}">old</a>, <a href="https://example.com/${second}/">elsewhere</a>, <a href="#here">here</a>, <a href="__GHOST_URL__/">home</a>, <a href="__GHOST_URL__/tag/lamps/">tag</a></p><figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="__GHOST_URL__/${first}/"><div class="kg-bookmark-title">Itself</div></a></figure><p>__GHOST_URL__/x</p>`
  const posts = [post('First', first, html), post('Second', second), post('Taken', taken), old]
  const result = await importFile(writer, 'ghost.json', ghostExport({ posts }))
  expect(result).toMatchObject({ status: 'done', made: 3, there: 1, refused: 0 })
  const got = (await postOf(writer, 'Taken')).slug
  expect(got).toMatch(new RegExp(`^${taken}-[\\da-f]{6}$`))
  const linked = (home: string) =>
    `[next](/posts/${second}), [part](/posts/${got}#part), [before](/posts/${earlier}-renamed), [old](/posts/${second}), [elsewhere](https://example.com/${second}/), [here](#here), [home](${home}/), [tag](${home}/tag/lamps/)\n\n[Itself](/posts/${first})\n\n/x`
  expect(await postOf(writer, 'First')).toMatchObject({ content: linked(''), status: 'published' })
  expect(lineOf(result, 'First').remarks).toEqual([`${LOST}/, /tag/lamps/.`])
  expect(lineOf(result, 'Taken').remarks).toEqual([
    `Its address is /posts/${got}, since “${taken}” is taken.`,
  ])

  // Said where the site was, what is not in the file leads there; links that name it are its own.
  const again = post(
    'Again',
    unique('again'),
    `${html}<p><a href="http://www.old.example/blog/${second}/">named</a></p>`,
  )
  const named = await importFile(
    writer,
    'ghost.json',
    ghostExport({ posts: [again, ...posts] }),
    'https://old.example/blog',
  )
  expect((await postOf(writer, 'Again')).content).toBe(
    `${linked('https://old.example/blog')}\n\n[named](/posts/${second})`,
  )
  expect(lineOf(named, 'Again').remarks).toEqual([])
})

test('what Ghost would show without its pictures is a draft, unless its site is named', async ({
  writer,
}) => {
  const posts = (of: string) => {
    const post = (title: string, over = {}) =>
      ghostPost({ id: title, uuid: newId(), title: `${title} ${of}`, slug: unique('p'), ...over })
    const picture = '<p><img src="__GHOST_URL__/content/images/2023/07/lamp.png" alt="Lamp"></p>'
    const later = { status: 'scheduled', published_at: '2999-01-01T00:00:00.000Z' }
    return [
      post('Picture', { html: picture }),
      post('Cover', { feature_image: '__GHOST_URL__/content/images/cover.png' }),
      post('Later', { html: picture, ...later }),
      post('File', { html: '<p><a href="__GHOST_URL__/content/files/lamp.pdf">Lamp</a></p>' }),
    ]
  }
  const alone = await importFile(writer, 'ghost.json', ghostExport({ posts: posts('alone') }))
  const missing = 'Not in the file: /content/images/2023/07/lamp.png. The links stay as they are.'
  for (const [title, remarks] of [
    ['Picture', [missing, WITHDRAWN]],
    ['Cover', ['Its cover is not in the file. It stands at the beginning of the text.', WITHDRAWN]],
    ['Later', [missing, WITHDRAWN]],
  ] as const) {
    expect(lineOf(alone, `${title} alone`).remarks, title).toEqual(remarks)
    expect(await postOf(writer, `${title} alone`), title).toMatchObject({ status: 'draft', publishAt: null })
  }
  expect(lineOf(alone, 'File alone').remarks).toEqual([`${LOST}/content/files/lamp.pdf.`])
  expect(await postOf(writer, 'File alone')).toMatchObject({ status: 'published' })

  const site = 'https://old.example'
  await importFile(writer, 'ghost.json', ghostExport({ posts: posts('named') }), site)
  expect(await postOf(writer, 'Picture named')).toMatchObject({
    status: 'published',
    content: `![Lamp](${site}/content/images/2023/07/lamp.png)`,
  })
  expect(await postOf(writer, 'Cover named')).toMatchObject({
    status: 'published',
    content: `![](${site}/content/images/cover.png)\n\nText.`,
  })
  expect((await postOf(writer, 'Later named')).publishAt).toEqual(new Date('2999-01-01T00:00:00Z'))
  expect((await postOf(writer, 'File named')).content).toBe(`[Lamp](${site}/content/files/lamp.pdf)`)
})

test('permalinks of WordPress lead to the posts that they mean, of earlier exports too', async ({
  writer,
}) => {
  const [one, two, before, moved] = [unique('one'), unique('two'), unique('before'), unique('moved')]
  const at = (name = '') => `https://old.example/2022/05/${name}/`
  const early = { id: 3, title: 'Before', name: before, link: at(before) }
  await importFile(writer, 'early.xml', wxr(early))
  const content = [at(two), `http://www.old.example/2022/05/${two}?x=1#part`, `/2022/05/${two}/`]
    .concat(['https://old.example/?p=2', at(before), '/?p=3', at(moved), '/category/sea/', at('gone')])
    .map((href, n) => `<a href="${href}">${n}</a>`)
    .join(' ')
  const result = await importFile(
    writer,
    'site.xml',
    wxr(
      { id: 1, title: 'One', name: one, link: at(one), content },
      { id: 2, title: 'Two', name: two, link: at(two), meta: { _wp_old_slug: moved } },
    ),
  )
  expect(result).toMatchObject({ status: 'done', made: 2, refused: 0 })
  const target = `/posts/${two}`
  const leadTo = [target, `${target}#part`, target, target, `/posts/${before}`, `/posts/${before}`, target]
    .concat(['https://old.example/category/sea/', at('gone')])
    .map((href, n) => `[${n}](${href})`)
    .join(' ')
  expect((await postOf(writer, 'One')).content).toBe(leadTo)
  expect(lineOf(result, 'One').remarks).toEqual([])
  // Who follows an old address is led on.
  expect(await postOf(writer, 'Two')).toMatchObject({ slug: two, formerSlugs: [moved] })
  const led = await fetch(`${PRODUCT.url}/posts/${moved}`, { redirect: 'manual' })
  expect([led.status, led.headers.get('location')]).toEqual([308, target])
})

test('former addresses of Hugo and Jekyll lead on, and a post that wants one has it', async ({ writer }) => {
  const [hugo, jekyll, alias, old, wanted] = ['hugo', 'jekyll', 'alias', 'old', 'wanted'].map(unique)
  const result = await importZip(writer, [
    {
      name: `${hugo}.md`,
      content: `---\ntitle: Hugo\ndate: 2020-01-01\naliases:\n  - /2019/${alias}/\n  - /posts/${old}.html\n  - Ünï\n  - /\n---\n`,
    },
    { name: `2020-01-01-${jekyll}.md`, content: `---\ntitle: Jekyll\nredirect_from: /${wanted}/\n---\n` },
  ])
  expect((await postOf(writer, 'Hugo')).formerSlugs).toEqual([alias, old].toSorted())
  expect(lineOf(result, 'Hugo').remarks).toEqual(['Former addresses that can’t lead to it here: Ünï, /.'])
  expect((await postOf(writer, 'Jekyll')).formerSlugs).toEqual([wanted])
  expect(lineOf(result, 'Jekyll').remarks).toEqual([])

  // Of an export, too, in which one post has what another had before it.
  const [name, other] = [unique('name'), unique('other')]
  const posts = await importFile(
    writer,
    'site.xml',
    wxr(
      { id: 1, title: 'Had it', name: other, meta: { _wp_old_slug: name } },
      { id: 2, title: 'Has it', name },
    ),
  )
  expect(posts.lines.flatMap(({ remarks }) => remarks)).toEqual([])
  expect(await postOf(writer, 'Has it')).toMatchObject({ slug: name })
  expect(await postOf(writer, 'Had it')).toMatchObject({ slug: other, formerSlugs: [] })
})

test('links between posts survive a move to another installation', async ({ writer }) => {
  const [target, source] = [unique('target'), unique('source')]
  await createPost(writer, newPost.parse({ title: 'Target', content: '' }), null)
  const content =
    `[a](/posts/target#x) [b](${PRODUCT.url}/posts/target) [c](/posts/gone) [d](/posts?q=x)`.replaceAll(
      '/posts/target',
      `/posts/${target}`,
    )
  const { id } = await createPost(writer, newPost.parse({ title: 'Source', content }), null)
  await query(sql`UPDATE posts SET slug = ${source} WHERE id = ${id}`)
  await query(sql`UPDATE posts SET slug = ${target} WHERE author_id = ${writer.userId} AND title = 'Target'`)
  const zip = await exported(writer)

  // Here, under the same address, they stay as they are, to the letter; under another one they follow.
  const bea = await createPerson({ name: 'Bea' })
  await importFile(bea, 'inkwell.zip', zip)
  const { slug } = await postOf(bea, 'Target')
  expect(slug).not.toBe(target)
  expect((await postOf(bea, 'Source')).content).toBe(
    `[a](/posts/${slug}#x) [b](/posts/${slug}) [c](/posts/gone) [d](/posts?q=x)`,
  )
  await query(sql`UPDATE posts SET slug = 'away-' || id WHERE author_id IN (${writer.userId}, ${bea.userId})`)
  const cai = await createPerson({ name: 'Cai' })
  await importFile(cai, 'inkwell.zip', zip)
  expect((await postOf(cai, 'Source')).content).toBe(content)

  const elsewhere = [...(await unzip(zip))].map(([name, file]) => ({
    name,
    content: file.toString().replaceAll(PRODUCT.url, 'https://other.example'),
  }))
  await query(sql`UPDATE posts SET slug = 'away-' || id WHERE author_id = ${cai.userId}`)
  const dan = await createPerson({ name: 'Dan' })
  await importZip(dan, elsewhere)
  expect((await postOf(dan, 'Source')).content).toBe(
    `[a](/posts/${target}#x) [b](/posts/${target}) [c](https://other.example/posts/gone) [d](https://other.example/posts?q=x)`,
  )
})
