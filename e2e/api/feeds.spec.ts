import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describeUpload } from '@/lib/services/uploads'
import { FEEDS, type FeedForm } from '@/lib/syndication/feed'
import { PRODUCT } from '../fixtures/env'
import { picture, upload } from '../fixtures/pictures'
import { createPost } from '../fixtures/posts'
import { expect, test } from '../fixtures/test'

const forms = Object.keys(FEEDS) as FeedForm[]

async function read(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${PRODUCT.url}${path}`, { headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

/** What a feed says of one post, whichever form it has. */
function itemOf(form: FeedForm, text: string, url: string) {
  if (form === 'json') {
    const it = parseJsonFeed(text).items?.find((one) => one.url === url)
    return (
      it && {
        title: it.title,
        html: it.content_html,
        author: it.authors?.[0]?.name,
        image: it.image,
        alt: it.attachments?.[0]?.title,
      }
    )
  }
  expect(XMLValidator.validate(text)).toBe(true)
  if (form === 'rss') {
    const it = parseRssFeed(text).items?.find(({ link }) => link === url)
    const author = it?.dc?.creators?.[0]
    const alt = it?.media?.contents?.[0]?.description?.value
    return it && { title: it.title, html: it.content?.encoded, author, image: it.enclosures?.[0]?.url, alt }
  }
  const it = parseAtomFeed(text).entries?.find(({ links }) => links?.some(({ href }) => href === url))
  const cover = it?.links?.find(({ rel }) => rel === 'enclosure')
  const author = it?.authors?.[0]?.name
  return (
    it && { title: it.title?.value, html: it.content?.value, author, image: cover?.href, alt: cover?.title }
  )
}

for (const form of forms) {
  const { path, type } = FEEDS[form]

  test(`${path} tells of what is published, whatever is in it`, async ({ api, writer }) => {
    const cover = await upload(api, await picture())
    await describeUpload(writer, cover.id, 'A pier & "more"')
    const title = `Tom & <b>Ann</b> ]]> "quoted" ${crypto.randomUUID()}`
    const post = await createPost(api, {
      title: `${title}\u0001\uffff`,
      content: `A [link](/posts/x), [another](//elsewhere.example/) and ]]>.\u000b\n\n<script>alert(1)</script>`,
      coverUploadId: cover.id,
      status: 'published',
    })
    const draft = await createPost(api, { title: 'Not yet' })
    const { status, headers, text } = await read(path)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`)
    expect(itemOf(form, text, `${PRODUCT.url}/posts/${post.slug}`)).toEqual({
      title,
      html: expect.stringContaining(`href="${PRODUCT.url}/posts/x"`),
      author: writer.name,
      image: PRODUCT.url + cover.url,
      alt: 'A pier & "more"',
    })
    expect(text).not.toContain('<script')
    expect(text).toContain('//elsewhere.example/')
    expect(text).not.toContain(`${PRODUCT.url}//elsewhere`)
    expect(text).not.toContain(draft.slug)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML can't hold
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\uffff]/)
  })
}

test('who has a feed already is told so, until something else is published', async ({ api }) => {
  for (const form of forms) {
    const { path } = FEEDS[form]
    // Other tests publish, too: what is asked for again at once is usually the same.
    await expect(async () => {
      const tag = (await read(path)).headers.get('etag') ?? ''
      expect(await read(path, { 'If-None-Match': tag })).toMatchObject({ status: 304, text: '' })
    }).toPass()
    const before = (await read(path)).headers.get('etag') ?? ''
    const post = await createPost(api, { title: 'News', status: 'published' })
    const after = await read(path, { 'If-None-Match': before })
    expect(after.status).toBe(200)
    expect(after.text).toContain(`/posts/${post.slug}`)
  }
})

test('the sitemap has every published post, and only those', async ({ api }) => {
  const post = await createPost(api, { title: 'Å lamp', status: 'published' })
  const draft = await createPost(api, { title: `Draft ${crypto.randomUUID()}` })
  const { status, headers, text } = await read('/sitemap.xml')
  expect([status, headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8'])
  expect(XMLValidator.validate(text)).toBe(true)
  const { urlset } = new XMLParser().parse(text) as { urlset: { url: { loc: string; lastmod?: string }[] } }
  const found = urlset.url.find(({ loc }) => loc === `${PRODUCT.url}/posts/${encodeURI(post.slug)}`)
  expect(found?.lastmod).toBe(post.updatedAt)
  for (const page of ['/', '/posts']) expect(urlset.url.map(({ loc }) => loc)).toContain(PRODUCT.url + page)
  expect(text).not.toContain(draft.slug)
  expect((await read('/sitemap/1')).text).toContain(`/posts/${encodeURI(post.slug)}</loc>`)
  for (const part of ['2', '0', 'x', '1e3']) expect((await read(`/sitemap/${part}`)).status, part).toBe(404)
})

test('robots are told where the sitemap is, and where they have no business', async () => {
  const { status, text } = await read('/robots.txt')
  expect(status).toBe(200)
  expect(text).toContain(`\nSitemap: ${PRODUCT.url}/sitemap.xml\n`)
  expect(text).toContain('Disallow: /dashboard\n')
})

test('the page of a post says of itself what others show of it', async ({ api, writer }) => {
  const cover = await upload(api, await picture('jpeg', 120, 63))
  const title = `Tom & </script><b>Ann</b> ${crypto.randomUUID()}`
  const post = await createPost(api, {
    title,
    excerpt: 'In short.',
    coverUploadId: cover.id,
    status: 'published',
  })
  const { text } = await read(`/posts/${post.slug}`)
  const address = `${PRODUCT.url}/posts/${post.slug}`
  expect(text).toContain(`<link rel="canonical" href="${address}"/>`)
  expect(text).toContain(`<meta property="og:image" content="${PRODUCT.url}${cover.url}"/>`)
  expect(text).toContain(`<meta property="og:type" content="article"/>`)
  expect(text).toContain(`<meta name="twitter:card" content="summary_large_image"/>`)
  for (const { path, type } of Object.values(FEEDS))
    expect(text).toMatch(
      new RegExp(`<link rel="alternate" type="${type.replace('+', '\\+')}" href="${path}"`),
    )
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? ''
  expect(JSON.parse(json)).toMatchObject({
    '@type': 'BlogPosting',
    headline: title,
    description: 'In short.',
    url: address,
    author: { name: writer.name },
    image: PRODUCT.url + cover.url,
    datePublished: post.publishedAt,
  })
})
