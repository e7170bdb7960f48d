import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { fromHtml } from 'hast-util-from-html'
import { toString as textOf } from 'hast-util-to-string'
import sharp from 'sharp'
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
        summary: it.summary,
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
    const [title, summary] = [it?.title, it?.description].map(readAsHtml)
    return it && { title, summary, html: it.content?.encoded, author, image: it.enclosures?.[0]?.url, alt }
  }
  const it = parseAtomFeed(text).entries?.find(({ links }) => links?.some(({ href }) => href === url))
  const cover = it?.links?.find(({ rel }) => rel === 'enclosure')
  const author = it?.authors?.[0]?.name
  return (
    it && {
      title: it.title?.value,
      summary: it.summary?.value,
      html: it.content?.value,
      author,
      image: cover?.href,
      alt: cover?.title,
    }
  )
}

/** What is seen of a text by those who read it as HTML. */
const readAsHtml = (text = '') => textOf(fromHtml(text, { fragment: true }))

for (const form of forms) {
  const { path, type } = FEEDS[form]

  test(`${path} tells of what is published, whatever is in it`, async ({ api, writer }) => {
    const cover = await upload(api, await picture())
    await describeUpload(writer, cover.id, 'A pier & "more"')
    const title = `Tom & <b>Ann</b> ]]> "quoted" ${crypto.randomUUID()}`
    const post = await createPost(api, {
      title: `${title}\u0001\uffff`,
      excerpt: '<img src=x onerror=alert(1)> &lt;b&gt; a < b && c &copy',
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
      summary: '<img src=x onerror=alert(1)> &lt;b&gt; a < b && c &copy',
      html: expect.stringContaining(`href="${PRODUCT.url}/posts/x"`),
      author: writer.name,
      image: PRODUCT.url + cover.url,
      alt: 'A pier & "more"',
    })
    expect(text).not.toMatch(form === 'rss' ? /<(script|img|b>)/ : /<script/)
    expect(text).toContain('//elsewhere.example/')
    expect(text).not.toContain(`${PRODUCT.url}//elsewhere`)
    expect(text).not.toContain(draft.slug)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML can't hold
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\uffff]/)
  })
}

const RFC_822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const URN = /^urn:uuid:[\da-f-]{36}$/

test('feeds keep to what validators ask of them', async ({ api }) => {
  const cover = await upload(api, await picture())
  await createPost(api, {
    title: 'Å & <ö>',
    content: 'A note[^1], [relative](other), [here](#section-a).\n\n## A\n\n![p](x.png)\n\n[^1]: One.',
    coverUploadId: cover.id,
    status: 'published',
  })
  await createPost(api, { title: 'Another', content: 'Its own[^1].\n\n[^1]: Two.', status: 'published' })
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => ['item', 'entry', 'link'].includes(name),
  })
  const texts: string[] = []

  const { channel } = parser.parse((await read('/feed.xml')).text).rss
  for (const name of ['title', 'description']) expect(channel[name]).toEqual(expect.any(String))
  const [home, self] = [channel.link[0], channel['atom:link']]
  expect(new URL(home).origin).toBe(PRODUCT.url)
  expect(self).toMatchObject({
    '@_href': `${PRODUCT.url}/feed.xml`,
    '@_rel': 'self',
    '@_type': 'application/rss+xml',
  })
  expect(channel.lastBuildDate).toMatch(RFC_822)
  expect(new Set(channel.item.map((it: Item) => it.guid['#text'])).size).toBe(channel.item.length)
  for (const item of channel.item) {
    expect(item.guid).toEqual({ '#text': expect.stringMatching(URN), '@_isPermaLink': 'false' })
    expect(item.pubDate).toMatch(RFC_822)
    expect(new URL(item.link[0]).href).toBe(item.link[0])
    // An author would be an address of theirs for mail.
    expect(item).not.toHaveProperty('author')
    if (item.enclosure)
      expect(item.enclosure).toEqual({
        '@_url': expect.stringMatching(/^http/),
        '@_length': expect.stringMatching(/^[1-9]\d*$/),
        '@_type': expect.stringMatching(/^image\//),
      })
    texts.push(item['content:encoded'] ?? '')
  }

  const { feed } = parser.parse((await read('/atom.xml')).text)
  expect(new URL(feed.id).origin).toBe(PRODUCT.url)
  expect(feed.updated).toMatch(RFC_3339)
  expect(feed.link.find((it: Item) => it['@_rel'] === 'self')['@_href']).toBe(`${PRODUCT.url}/atom.xml`)
  expect(new Set(feed.entry.map((it: Item) => it.id)).size).toBe(feed.entry.length)
  for (const entry of feed.entry) {
    expect(entry.id).toMatch(URN)
    for (const date of [entry.updated, entry.published]) expect(date).toMatch(RFC_3339)
    expect(entry.author.name).not.toBe('')
    expect(entry.title['@_type']).toBe('text')
    expect(entry.link.filter((it: Item) => it['@_rel'] === 'alternate')).toHaveLength(1)
    for (const link of entry.link) expect(new URL(link['@_href']).href).toBe(link['@_href'])
    expect(entry.content['@_type']).toBe('html')
    texts.push(entry.content['#text'] ?? '')
  }

  const json = JSON.parse((await read('/feed.json')).text)
  expect(json).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    title: expect.any(String),
    home_page_url: `${PRODUCT.url}/posts`,
    feed_url: `${PRODUCT.url}/feed.json`,
  })
  for (const item of json.items) {
    expect(item.id).toMatch(URN)
    expect(new URL(item.url).href).toBe(item.url)
    for (const date of [item.date_published, item.date_modified]) expect(date).toMatch(RFC_3339)
    expect(item.authors).toEqual([{ name: expect.any(String) }])
    expect(item.content_html).toEqual(expect.any(String))
    texts.push(item.content_html)
  }

  // What readers show of several posts at once: nothing that is only understood on this site, no id twice in one feed.
  for (const text of texts)
    for (const [, address = ''] of text.matchAll(/ (?:href|src)="([^"]*)"/g))
      expect(address).toMatch(/^[a-z]+:/)
  const ids = json.items.flatMap((it: Item) =>
    [...it.content_html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id),
  )
  expect(ids.length).toBeGreaterThan(2)
  expect(new Set(ids).size).toBe(ids.length)
})

// biome-ignore lint/suspicious/noExplicitAny: a document as it was parsed, whatever is in it
type Item = any

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
  expect((await read('/sitemap-1.xml')).text).toContain(`/posts/${encodeURI(post.slug)}</loc>`)
  expect((await read('/sitemap-pages.xml')).text).toContain(`<loc>${PRODUCT.url}/posts</loc>`)
  for (const part of ['2', '0', 'x', '1e3'])
    expect((await read(`/sitemap-${part}.xml`)).status, part).toBe(404)
})

test('robots are told where the sitemap is, and where they have no business', async () => {
  const { status, text } = await read('/robots.txt')
  expect(status).toBe(200)
  expect(text).toContain(`\nSitemap: ${PRODUCT.url}/sitemap.xml\n`)
  expect(text).toContain('Disallow: /dashboard\n')
})

test('the page of a post says of itself what others show of it', async ({ api, writer }) => {
  const cover = await upload(api, await picture('avif', 1260, 630), { filename: 'Pier.avif' })
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
  // Many sites that show where a link leads read no AVIF.
  const shared = /<meta property="og:image" content="([^"]+)"/.exec(text)?.[1] ?? ''
  expect(shared).toMatch(new RegExp(`^${PRODUCT.url}/og/${post.id}/[\\da-f]{16}\\.jpg$`))
  const shown = await fetch(shared)
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect(shown.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const metadata = await sharp(Buffer.from(await shown.arrayBuffer())).metadata()
  expect(metadata).toMatchObject({ format: 'jpeg', width: 1200, height: 600 })
  for (const [name, value] of Object.entries({ width: 1200, height: 600 }))
    expect(text).toContain(`<meta property="og:image:${name}" content="${value}"/>`)
  // Nobody has said what the cover shows.
  expect(text).toMatch(/<meta property="og:image:alt" content="Tom &amp; /)
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
