import { availableParallelism } from 'node:os'
import { expect, test } from '@playwright/test'
import { HOSTILE_MARKDOWN } from '@/e2e/fixtures/hostile-text'
import { plainExcerpt, renderArticle, renderMarkdown } from '@/lib/markdown'

type Tag = { name: string; attributes: Map<string, string> }

/**
 * The tags of the output, by a grammar that is stricter than HTML's: anything that a browser might read
 * otherwise than it was meant is no match, and fails the test.
 */
function tagsOf(html: string): Tag[] {
  expect(html.replaceAll(TAG, '')).not.toContain('<')
  return [...html.matchAll(TAG)].flatMap(([, name, rest = '']) => {
    const attributes = [...rest.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/gi)]
    return name
      ? { name, attributes: new Map(attributes.map(([, key = '', value = '']) => [key, decode(value)])) }
      : []
  })
}

/** An opening tag, or a closing one without a name: attributes are quoted, and quoted with `"`. */
const TAG = /<(?:\/[a-z][a-z0-9]*|([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*))>/gi

function decode(value: string): string {
  return value
    .replace(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}

const TAGS = [
  'a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img input li ol p pre section strong sup table tbody td th thead tr ul',
  'span div math mfrac mi mn mo mrow mspace mtext',
].join(' ')
const ATTRIBUTES =
  'align alt aria-describedby aria-label checked class decoding loading data-footnote-backref data-footnote-ref data-footnotes dir disabled display fence form href id lspace rspace separator src start stretchy title type width'
const PROTOCOLS = ['http:', 'https:', 'mailto:']

function expectHarmless(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    expect(TAGS.split(' '), html).toContain(name)
    for (const [key, value] of attributes) {
      expect(ATTRIBUTES.split(' '), html).toContain(key)
      if (key === 'href' || key === 'src')
        expect(PROTOCOLS, html).toContain(new URL(value, 'https://inkwell.example').protocol)
      // Nothing that scripts or styles of ours look for by name.
      if (key === 'id') expect(value, html).toMatch(/^(content-|section-|footnote-label$)/)
    }
  }
}

for (const [n, payload] of HOSTILE_MARKDOWN.entries()) {
  test(`makes harmless HTML of payload ${n}: ${JSON.stringify(payload).slice(0, 60)}`, async () => {
    expectHarmless(await renderMarkdown(payload))
    expectHarmless((await renderArticle(payload)).html)
    expectHarmless(await renderMarkdown(`> 1. **${payload}**\n\n${payload}\n${payload}`))
  })
}

test('there are enough payloads, and the parser would see them', () => {
  expect(HOSTILE_MARKDOWN.length).toBeGreaterThanOrEqual(40)
  for (const html of [
    '<script>',
    '<p onclick="x">',
    '<a href="javascript:x">',
    '<a href="&#x6A;avascript:x">',
    '<p id="a">',
    '<img src=x>',
  ])
    expect(() => expectHarmless(html), html).toThrow()
})

const rendered: [markdown: string, html: string][] = [
  ['## Title', '<h2>Title</h2>'],
  ['# Title\n\n## Part', '<h2>Title</h2>\n<h3>Part</h3>'],
  ['*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>'],
  ['[a](/posts/b "c")', '<p><a href="/posts/b" title="c">a</a></p>'],
  ['https://a.example', '<p><a href="https://a.example">https://a.example</a></p>'],
  ['![a](https://a.example/b.png)', '<p><img src="https://a.example/b.png" alt="a"></p>'],
  ['![a <b>](javascript:alert(1))', '<p>a &#x3C;b></p>'],
  ['a < b & c', '<p>a &#x3C; b &#x26; c</p>'],
  ['', ''],
]

for (const [markdown, html] of rendered) {
  test(`renders ${JSON.stringify(markdown)}`, async () => expect(await renderMarkdown(markdown)).toBe(html))
}

test('renders tables and task lists', async () => {
  const html = await renderMarkdown('| a |\n| - |\n| b |\n\n- [x] done')
  for (const part of ['<th>a</th>', '<td>b</td>', 'type="checkbox" checked disabled'])
    expect(html).toContain(part)
  expectHarmless(html)
})

test('footnotes lead to their notes and back', async () => {
  const html = await renderMarkdown('note[^1] and[^location]\n\n[^1]: foot\n[^location]: here')
  expectHarmless(html)
  const tags = tagsOf(html)
  const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? [])
  const links = tags.flatMap(({ attributes }) => attributes.get('href') ?? [])
  expect(links).toHaveLength(4)
  for (const link of links) expect(ids).toContain(decodeURIComponent(link.slice(1)))
})

test('read elsewhere, a text leads to where it leads on its page, and its ids are its own', async () => {
  const page = 'https://inkwell.example/posts/lamp'
  const text =
    'a[^1] [b](/c) [d](other) [e](//f.example) [g](#h) [i](?j) [k](mailto:l@m.example)\n\n![n](o.png)\n\n[^1]: p'
  const html = await renderMarkdown(text, { page, prefix: 'one-' })
  const tags = tagsOf(html)
  const all = (name: string) => tags.flatMap(({ attributes }) => attributes.get(name) ?? [])
  expect([...all('href'), ...all('src')]).toEqual([
    `${page}#content-fn-1`,
    'https://inkwell.example/c',
    'https://inkwell.example/posts/other',
    'https://f.example/',
    `${page}#h`,
    `${page}?j`,
    'mailto:l@m.example',
    `${page}#content-fnref-1`,
    'https://inkwell.example/posts/o.png',
  ])
  expect(all('id').toSorted()).toEqual(['one-content-fn-1', 'one-content-fnref-1', 'one-footnote-label'])
  expect(all('aria-describedby')).toEqual(['one-footnote-label'])
})

test('what is nested too deep is shown as it was typed', async () => {
  const html = await renderMarkdown(`${'>'.repeat(5_000)} <script>alert(1)</script> &lt;`)
  expect(html).toMatch(/^<pre>>+ &lt;script>alert\(1\)&lt;\/script> &amp;lt;<\/pre>$/)
})

const excerpts: [markdown: string, length: number, excerpt: string][] = [
  ['# Title\n\nThe *first* [words](/a).', 200, 'The first words.'],
  ['One two three four', 10, 'One two…'],
  ['Onetwothreefour', 10, 'Onetwothre…'],
  ['灯台守は毎晩百十二段の階段を上った', 10, '灯台守は毎晩百十二段…'],
  ['🗼🗼🗼🗼🗼🗼', 9, '🗼🗼🗼🗼…'],
  ['a < b && c > d', 200, 'a < b && c > d'],
  ['<script>alert(1)</script>', 200, ''],
  ['A note[^1].\n\n$$\nx^2\n$$\n\n```js\nx\n```\n\nAnd on.\n\n[^1]: Below.', 200, 'A note. And on.'],
  ['![a > b](/x.png "c > d") hello', 200, 'hello'],
  ['[a](/b "c > d") `<e>`', 200, 'a <e>'],
  ['', 200, ''],
]

for (const [markdown, length, excerpt] of excerpts) {
  test(`excerpts ${JSON.stringify(markdown)} to ${length}`, async () =>
    expect(await plainExcerpt(markdown, length)).toBe(excerpt))
}

test('what would take minutes to read is shown as it was typed, and keeps nobody waiting', async () => {
  const endless = '_a*'.repeat(66_000)
  let turns = 0
  const timer = setInterval(() => turns++, 10)
  expect(await renderMarkdown(endless)).toBe(`<pre>${endless}</pre>`)
  clearInterval(timer)
  // A process that renders by itself does nothing else.
  expect(turns).toBeGreaterThan(20)
  expect(await renderMarkdown('_a_')).toBe('<p><em>a</em></p>')
})

test('what waits for a thread is given its time when it has one', async () => {
  const endless = Array.from({ length: 2 * availableParallelism() }, (_, n) => `${n}${'_a*'.repeat(66_000)}`)
  const begun = endless.map((text) => renderMarkdown(text))
  expect(await renderMarkdown('_c_')).toBe('<p><em>c</em></p>')
  await Promise.all(begun)
})
