import { randomUUID } from 'node:crypto'
import { newPost, type PostExtras } from '@/lib/schemas/posts'
import { createPost, updatePost } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { expect, test } from '../fixtures/test'

async function read(path: string) {
  const answer = await fetch(PRODUCT.url + path, { redirect: 'manual' })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

function publish(writer: Viewer, title: string, extras: PostExtras & { content?: string } = {}) {
  const { content = 'Nothing much.', ...rest } = extras
  return createPost(writer, { ...newPost.parse({ title, content, status: 'published' }), ...rest }, null)
}

/** A word that nobody else has. */
const word = () => `w${randomUUID().replaceAll('-', '')}`

test('a tag has a page for what is published under it, and none otherwise', async ({ writer }) => {
  const tag = `Light House ${word()}`
  const key = tag.toLowerCase().replaceAll(' ', '-')
  const titles = Array.from({ length: 11 }, (_, n) => `${n} ${randomUUID()}`)
  expect((await read(`/posts/tag/${key}`)).status).toBe(404)
  const posts = []
  for (const title of titles) posts.push(await publish(writer, title, { tags: [tag, '灯台'] }))
  const draft = await createPost(
    writer,
    { ...newPost.parse({ title: `Draft ${word()}`, content: '' }), tags: [tag] },
    null,
  )

  const post = await read(`/posts/${posts[0]?.slug}`)
  expect(post.text).toContain(`href="/posts/tag/${key}"`)
  expect(post.text).toContain(`href="/posts/tag/${encodeURIComponent('灯台')}"`)
  expect(post.text).toContain(`<meta property="article:tag" content="${tag}"/>`)
  const [first, second] = [await read(`/posts/tag/${key}`), await read(`/posts/tag/${key}/page/2`)]
  expect(first.text).toContain(`<h1 class="rule-double mb-8 pb-4 text-4xl">${tag}</h1>`)
  expect(titles.filter((title) => first.text.includes(title))).toEqual(titles.slice(1))
  expect(titles.filter((title) => second.text.includes(title))).toEqual(titles.slice(0, 1))
  expect(first.text + second.text).not.toContain(draft.title)
  expect(first.text).toContain(`<link rel="canonical" href="${PRODUCT.url}/posts/tag/${key}"/>`)
  expect((await read(`/posts/tag/${encodeURIComponent('灯台')}`)).text).toContain(titles[10])
  expect((await read('/sitemap.xml')).text).toContain(`<loc>${PRODUCT.url}/posts/tag/${key}</loc>`)
  expect((await read('/feed.xml')).text).toContain(`<category>${tag}</category>`)

  for (const { id } of posts.slice(1)) await updatePost(writer, id, { status: 'draft' }, null)
  expect((await read(`/posts/tag/${key}`)).text).toContain(titles[0])
  await updatePost(writer, posts[0]?.id ?? '', { tags: [] }, null)
  expect((await read(`/posts/tag/${key}`)).status).toBe(404)
  expect((await read('/sitemap.xml')).text).not.toContain(`/posts/tag/${key}`)
  for (const path of ['%00', '%25', `${key}/page/1`, `${key}/page/x`, `${key}/page`, 'a/b', '%E0%A4%A'])
    expect([404, 307], path).toContain((await read(`/posts/tag/${path}`)).status)
})

test('visitors search what is published', async ({ writer }) => {
  const [lamp, oil] = [word(), word()]
  const found = await publish(writer, `About ${lamp}`, { content: `And <b>${oil}</b>.` })
  await publish(writer, `Not this ${oil}`)
  const draft = await createPost(writer, newPost.parse({ title: `Draft of ${lamp}`, content: oil }), null)
  const { status, text } = await read(`/posts?q=${lamp}+${oil}`)
  expect(status).toBe(200)
  expect(text).toContain(`href="/posts/${found.slug}"`)
  expect(text).toContain(`value="${lamp} ${oil}"`)
  expect(text).toContain('<meta name="robots" content="noindex"/>')
  expect(text).not.toContain(draft.title)
  expect(text.match(/<article/g)).toHaveLength(1)
  expect((await read(`/posts?q=${word()}`)).text).toContain('Nothing was found')
  expect((await read('/posts?q=+')).text).not.toContain('noindex')
  for (const query of [`q=${lamp}&page=2`, `q=${lamp}&page=0`, 'q=a%00b', `q=${'x'.repeat(201)}`])
    expect((await read(`/posts?${query}`)).headers.get('location'), query).toMatch(/\/not-found$/)
})

test('a former address leads on to the present one, as long as that is public', async ({ writer }) => {
  const post = await publish(writer, `Before ${word()}`)
  const slug = `after-${word()}`
  await updatePost(writer, post.id, { slug }, null)
  const moved = await read(`/posts/${post.slug}?from=mail`)
  expect([moved.status, moved.headers.get('location')]).toEqual([308, `/posts/${slug}?from=mail`])
  // Otherwise a browser would go in circles once the address is changed back.
  expect(moved.headers.get('cache-control')).toBe('no-cache')
  await updatePost(writer, post.id, { slug: post.slug }, null)
  expect((await read(`/posts/${post.slug}`)).status).toBe(200)
  expect((await read(`/posts/${slug}`)).status).toBe(308)
  await updatePost(writer, post.id, { status: 'draft' }, null)
  for (const former of [slug, post.slug]) expect((await read(`/posts/${former}`)).status).toBe(404)
})

test('a post leads to those before and after it, as they are now', async ({ writer }) => {
  const [first, middle, last] = [
    await publish(writer, `First ${word()}`),
    await publish(writer, `Middle ${word()}`),
    await publish(writer, `Last ${word()}`),
  ] as const
  // A time of their own, so that what other tests publish does not come between.
  const year = Math.floor(Math.random() * 900) + 1_000
  for (const [day, { id }] of [first, middle, last].entries())
    await query(
      sql`UPDATE posts SET published_at = make_timestamptz(${year}, 1, ${day + 1}, 0, 0, 0) WHERE id = ${id}`,
    )
  const ways = async () => {
    const { text } = await read(`/posts/${middle.slug}`)
    return ['prev', 'next'].map((rel) =>
      new RegExp(`href="/posts/([^"]*)" rel="${rel}"[^>]*>([^<]*)`).exec(text)?.slice(1),
    )
  }
  expect(await ways()).toEqual([
    [first.slug, first.title],
    [last.slug, last.title],
  ])
  await updatePost(writer, first.id, { title: `First anew ${first.id}` }, null)
  expect((await ways())[0]).toEqual([first.slug, `First anew ${first.id}`])
  await updatePost(writer, last.id, { status: 'draft' }, null)
  expect((await ways())[1]?.[0]).not.toBe(last.slug)
})

test('a long text has a table of contents whose links lead somewhere, and tells how long it takes', async ({
  writer,
}) => {
  const content = `# One\n\n${'word '.repeat(700)}\n\n## Two\n\nNote[^1].\n\n## Three\n\n#### Too deep\n\n[^1]: Here.`
  const { slug } = await publish(writer, `Long ${word()}`, { content })
  const { text } = await read(`/posts/${slug}`)
  const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '')
  expect(links).toEqual(expect.arrayContaining(['section-one', 'section-two', 'section-three']))
  expect(links).not.toContain('section-too-deep')
  for (const id of links) expect(text.split(` id="${id}"`), id).toHaveLength(2)
  expect(text).toContain('3 minutes to read')
  const short = await publish(writer, `Short ${word()}`, { content: '## One\n\n## Two' })
  expect((await read(`/posts/${short.slug}`)).text).not.toContain('Contents')
})

test('a post without a cover has a picture drawn for it, at an address of its own for ever', async ({
  writer,
}) => {
  const post = await publish(writer, `Drawn ${word()}`)
  const address = async () =>
    /<meta property="og:image" content="[^"]*?(\/og\/[^"]+)"/.exec(
      (await read(`/posts/${post.slug}`)).text,
    )?.[1] ?? ''
  const first = await address()
  const picture = await fetch(PRODUCT.url + first)
  expect(picture.status).toBe(200)
  expect(picture.headers.get('content-type')).toBe('image/png')
  expect(picture.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(Buffer.from(await picture.arrayBuffer()).readUInt32BE(16)).toBe(1200)
  await updatePost(writer, post.id, { title: `Drawn anew ${word()}` }, null)
  const second = await address()
  expect(second).not.toBe(first)
  expect((await read(first)).headers.get('location')).toBe(second)
  await updatePost(writer, post.id, { status: 'draft' }, null)
  for (const path of [second, '/og/x/y.png']) expect((await read(path)).status).toBe(404)
})
