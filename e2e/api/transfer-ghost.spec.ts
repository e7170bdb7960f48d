import { newId } from '@/lib/ids'
import { picture } from '../fixtures/pictures'
import { expect, test } from '../fixtures/test'
import { ghostExport, ghostPost } from '../fixtures/transfer/ghost'
import { importFile, importZip, lineOf, postOf, unique, uploadsOf } from '../fixtures/transfer/import'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

/** One post, by its HTML, as Markdown, with what was said of it. */
async function markdownOf(writer: Parameters<typeof importFile>[0], over: Record<string, unknown>) {
  const json = ghostExport({ posts: [ghostPost({ uuid: newId(), slug: unique('ghost'), ...over })] })
  const result = await importFile(writer, 'ghost.json', json)
  const [line] = result.lines
  return { content: (await postOf(writer, String(over.title))).content, remarks: line?.remarks }
}

test('posts of Ghost come with tags, dates, covers and their pictures', async ({ writer }) => {
  const slug = unique('lamp')
  const ids = ['64a1f0c2e4b0a1a1a1a1a101', '64a1f0c2e4b0a1a1a1a1a102', '64a1f0c2e4b0a1a1a1a1a103']
  const json = ghostExport({
    posts: [
      ghostPost({
        id: ids[0],
        uuid: newId(),
        title: 'The lamp',
        slug,
        html: '<p>Light at <strong>sea</strong>.</p><figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/images/2023/07/lamp.png" class="kg-image" alt="A lamp" loading="lazy" srcset="__GHOST_URL__/content/images/size/w600/2023/07/lamp.png 600w"><figcaption>Seen from <a href="https://example.com/shore">the shore</a></figcaption></figure><figure class="kg-card kg-image-card"><img src="https://images.unsplash.com/photo-1" class="kg-image" alt="Far"></figure>',
        feature_image: '__GHOST_URL__/content/images/2023/07/cover.png',
        custom_excerpt: 'Of light.',
      }),
      ghostPost({ id: ids[1], uuid: newId(), title: 'For members', slug: unique('m'), visibility: 'paid' }),
      ghostPost({ id: ids[2], uuid: newId(), title: 'About', slug: unique('about'), type: 'page' }),
      ghostPost({
        id: '4',
        uuid: newId(),
        title: 'Scheduled',
        slug: unique('s'),
        status: 'scheduled',
        published_at: '2999-01-02T03:04:05.000Z',
      }),
      ghostPost({
        id: '5',
        uuid: newId(),
        title: 'Draft',
        slug: unique('d'),
        status: 'draft',
        published_at: null,
      }),
      ghostPost({ id: '6', uuid: newId(), title: 'Letter', slug: unique('l'), status: 'sent' }),
      { id: '7', title: 12 },
    ],
    tags: [
      { id: 't1', name: 'Lamps', slug: 'lamps', visibility: 'public' },
      { id: 't2', name: '#theme-wide', slug: 'hash-theme-wide', visibility: 'internal' },
      { id: 't3', name: 'Sea', slug: 'sea', visibility: 'public' },
    ],
    posts_tags: [
      { id: 'a', post_id: ids[0], tag_id: 't3', sort_order: 1 },
      { id: 'b', post_id: ids[0], tag_id: 't1', sort_order: 0 },
      { id: 'c', post_id: ids[0], tag_id: 't2', sort_order: 2 },
    ],
    posts_meta: [{ id: 'm', post_id: ids[0], feature_image_alt: 'The tower', feature_image_caption: null }],
  })
  const files = [
    { name: 'export/data.json', content: json },
    { name: 'export/content/images/2023/07/lamp.png', content: await picture('png', 30, 20) },
    { name: 'export/content/images/2023/07/cover.png', content: await picture('png', 40, 20) },
    { name: 'export/content/images/size/w600/2023/07/lamp.png', content: await picture('png', 10, 5) },
  ]
  const result = await importZip(writer, files)
  expect(result).toMatchObject({ status: 'done', made: 6, refused: 1 })

  const uploads = await uploadsOf(writer)
  expect(uploads.map(({ filename, alt }) => [filename, alt])).toEqual([
    ['cover.png', 'The tower'],
    ['lamp.png', ''],
  ])
  expect(await postOf(writer, 'The lamp')).toMatchObject({
    slug,
    status: 'published',
    excerpt: 'Of light.',
    tags: ['Lamps', 'Sea'],
    cover: uploads[0]?.id,
    createdAt: new Date('2023-07-02T10:00:00Z'),
    updatedAt: new Date('2023-07-04T12:30:00Z'),
    publishedAt: new Date('2023-07-03T09:15:00Z'),
    content: `Light at **sea**.\n\n![A lamp](/uploads/${uploads[1]?.id}/lamp.png)\n\nSeen from [the shore](https://example.com/shore)\n\n![Far](https://images.unsplash.com/photo-1)`,
  })
  expect(lineOf(result, 'The lamp').remarks).toEqual([
    'Tags that only steer a theme were left out: #theme-wide.',
    'One picture stays where it is, at an address elsewhere: nothing is fetched from there.',
  ])
  for (const [title, why] of [
    ['For members', 'not everybody could read it (paid)'],
    ['About', 'it was a page, and here are posts alone'],
    ['Letter', 'it was sent as a newsletter and never stood on the site'],
  ] as const) {
    expect((await postOf(writer, title)).status).toBe('draft')
    expect(lineOf(result, title).remarks).toEqual([`It is a draft, since ${why}.`])
  }
  expect(await postOf(writer, 'Scheduled')).toMatchObject({
    status: 'draft',
    publishedAt: null,
    publishAt: new Date('2999-01-02T03:04:05Z'),
  })
  expect(await postOf(writer, 'Draft')).toMatchObject({ status: 'draft', publishedAt: null })
  expect(lineOf(result, 'Post 7').remarks[0]).toContain('db[0].data.posts[6].title: ')

  expect(await importZip(writer, files)).toMatchObject({ made: 0, there: 6, refused: 1 })
  expect(await uploadsOf(writer)).toHaveLength(2)
})

test('a cover elsewhere stands in the text, and nothing is fetched', async ({ writer }) => {
  const { content, remarks } = await markdownOf(writer, {
    title: 'Cover elsewhere',
    feature_image: 'https://example.com/a (1).png',
  })
  expect(content).toBe('![](https://example.com/a%20%281%29.png)\n\nText.')
  expect(remarks).toEqual(['Its cover is not in the file. It stands at the beginning of the text.'])
})

const cards: [name: string, html: string, markdown: string, remark?: string][] = [
  [
    'bookmark',
    '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://example.com/x"><div class="kg-bookmark-content"><div class="kg-bookmark-title">A title</div><div class="kg-bookmark-description">Words.</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="https://example.com/i.png" alt=""></div></div></a></figure>',
    '[A title](https://example.com/x)\n\nWords.',
  ],
  [
    'embed',
    '<figure class="kg-card kg-embed-card"><iframe width="200" height="113" src="https://www.youtube.com/embed/abc?feature=oembed" allowfullscreen></iframe></figure>',
    '<https://www.youtube.com/embed/abc?feature=oembed>',
    'What was embedded from www.youtube.com is a link now.',
  ],
  [
    'callout',
    '<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Mind the <b>step</b>.</div></div>',
    '> 💡 Mind the **step**.',
  ],
  [
    'toggle',
    '<div class="kg-card kg-toggle-card" data-kg-toggle-state="close"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">Why?</h4><button class="kg-toggle-card-icon"><svg></svg></button></div><div class="kg-toggle-content"><p>So.</p></div></div>',
    '**Why?**\n\nSo.',
  ],
  [
    'gallery',
    '<figure class="kg-card kg-gallery-card"><div class="kg-gallery-container"><div class="kg-gallery-row"><div class="kg-gallery-image"><img src="https://example.com/1.jpg" alt="One"></div><div class="kg-gallery-image"><img src="https://example.com/2.jpg" alt="Two"></div></div></div></figure>',
    '![One](https://example.com/1.jpg)\n\n![Two](https://example.com/2.jpg)',
    '2 pictures stay where they are, at an address elsewhere: nothing is fetched from there.',
  ],
  [
    'video',
    '<figure class="kg-card kg-video-card kg-card-hascaption"><div class="kg-video-container"><video src="https://example.com/v.mp4" poster="https://example.com/p.jpg"></video><div class="kg-video-overlay"><button class="kg-video-large-play-icon"><svg></svg></button></div></div><figcaption>Waves</figcaption></figure>',
    '<https://example.com/v.mp4>\n\nWaves',
    'A video file is a link to where it lies.',
  ],
  [
    'html and code',
    '<!--kg-card-begin: html--><form action="/x"><input name="q"></form><!--kg-card-end: html--><pre><code class="language-js">let a = "b"\n</code></pre>',
    '```html\n<form action="/x"><input name="q"></form>\n```\n\n```js\nlet a = "b"\n```',
    '<form> is kept as a block of code.',
  ],
]

test('cards of Ghost’s editor are told as Markdown can', async ({ writer }) => {
  for (const [name, html, markdown, remark] of cards) {
    const made = await markdownOf(writer, { title: name, html })
    expect(made.content, name).toBe(markdown)
    expect(made.remarks, name).toEqual(remark ? [remark] : [])
  }
})

test('what was for members alone does not become public', async ({ writer }) => {
  const html =
    '<p>For all.</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:free,status:-free" --><p>Secret.</p><!--kg-gated-block:end-->'
  const { content, remarks } = await markdownOf(writer, { title: 'Gated', html })
  expect(content).toBe('For all.\n\nSecret.')
  expect(remarks).toEqual(['It is a draft, since parts of it were not for everybody.'])
  expect((await postOf(writer, 'Gated')).status).toBe('draft')
})

test('without HTML, a text is made of what the editor kept: lexical', async ({ writer }) => {
  const text = (text: string, format = 0) => ({ type: 'extended-text', text, format, version: 1 })
  const lexical = JSON.stringify({
    root: {
      type: 'root',
      version: 1,
      children: [
        { type: 'extended-heading', tag: 'h2', children: [text('Head')] },
        {
          type: 'paragraph',
          children: [
            text('Plain, '),
            text('bold', 1),
            text(' & <odd>, '),
            { type: 'link', url: 'https://example.com', children: [text('link', 2)] },
            { type: 'linebreak' },
            text('next'),
          ],
        },
        {
          type: 'list',
          listType: 'number',
          start: 3,
          children: [{ type: 'listitem', children: [text('three')] }],
        },
        { type: 'markdown', markdown: '| a |\n| - |\n| **b** |' },
        { type: 'image', src: 'https://example.com/i.png', alt: 'I', caption: 'C' },
        { type: 'codeblock', code: 'x < y', language: 'c' },
        { type: 'horizontalrule' },
        { type: 'email', html: '<p>Dear {first_name}</p>' },
        { type: 'product', productTitle: 'Lamp' },
      ],
    },
  })
  const { content, remarks } = await markdownOf(writer, { title: 'Lexical', html: null, lexical })
  expect(content).toBe(
    '## Head\n\nPlain, **bold** & \\<odd>, [*link*](https://example.com)\\\nnext\n\n3. three\n\n' +
      '| a |\n| - |\n| **b** |\n\n![I](https://example.com/i.png)\n\nC\n\n```c\nx < y\n```\n\n---\n\n' +
      '```json\n{\n  "type": "product",\n  "productTitle": "Lamp"\n}\n```\n\n```html\n<p>Dear {first_name}</p>\n```',
  )
  expect(remarks).toEqual([
    'What was for its newsletter alone stands at the end, as code.',
    'One picture stays where it is, at an address elsewhere: nothing is fetched from there.',
  ])
})

test('without HTML, a text is made of what the editor kept: mobiledoc', async ({ writer }) => {
  const mobiledoc = JSON.stringify({
    version: '0.3.1',
    atoms: [['soft-return', '', {}]],
    cards: [
      ['markdown', { markdown: '- [x] done' }],
      ['hr', {}],
      ['bookmark', { url: 'https://example.com', metadata: { title: 'Site', description: 'D' } }],
    ],
    markups: [['strong'], ['a', ['href', 'https://example.com/a']]],
    sections: [
      [1, 'h3', [[0, [], 0, 'Head']]],
      [
        1,
        'p',
        [
          [0, [], 0, 'A '],
          [0, [0], 1, 'bold'],
          [1, [], 0, 0],
          [0, [1], 1, 'link'],
        ],
      ],
      [3, 'ul', [[[0, [], 0, 'one']], [[0, [], 0, 'two']]]],
      [10, 0],
      [10, 1],
      [10, 2],
    ],
  })
  const { content } = await markdownOf(writer, { title: 'Mobiledoc', html: null, mobiledoc })
  expect(content).toBe(
    '### Head\n\nA **bold**\\\n[link](https://example.com/a)\n\n- one\n- two\n\n- [x] done\n\n---\n\n[Site](https://example.com)\n\nD',
  )
})

test('what was for mail alone stays a draft, at its day too', async ({ writer }) => {
  const mail = (id: string, over: Record<string, unknown>) =>
    ghostPost({ id, uuid: newId(), slug: unique('mail'), ...over })
  const result = await importFile(
    writer,
    'ghost.json',
    ghostExport({
      posts: [
        mail('1', { title: 'Mailed' }),
        mail('2', { title: 'To be mailed', status: 'scheduled', published_at: '2999-01-02T03:04:05.000Z' }),
        mail('3', { title: 'Shown' }),
      ],
      posts_meta: [
        { post_id: '1', email_only: 1 },
        { post_id: '2', email_only: true },
        { post_id: '3', email_only: 0 },
      ],
    }),
  )
  for (const title of ['Mailed', 'To be mailed']) {
    expect(await postOf(writer, title)).toMatchObject({ status: 'draft', publishAt: null })
    expect(lineOf(result, title).remarks).toEqual(['It is a draft, since it was for a newsletter alone.'])
  }
  expect(await postOf(writer, 'Shown')).toMatchObject({ status: 'published' })
})

test('a post that no editor made is refused alone', async ({ writer }) => {
  const deep = '{"type":"quote","children":['.repeat(20_000) + ']}'.repeat(20_000)
  const mobiledoc = (section: unknown) =>
    JSON.stringify({ version: '0.3.1', markups: [['em']], sections: [section] })
  const odd: Record<string, Record<string, unknown>> = {
    'No list': { mobiledoc: mobiledoc([3, 'ul', 'none']) },
    'Too deep': { lexical: `{"root":{"children":[${deep}]}}` },
    'No picture': { lexical: '{"root":{"children":[{"type":"gallery","images":[null]}]}}' },
  }
  const closing = mobiledoc([1, 'p', [[0, [0], 2_147_483_647, 'Closed']]])
  const result = await importFile(
    writer,
    'ghost.json',
    ghostExport({
      posts: Object.entries({ ...odd, Closing: { mobiledoc: closing } }).map(([title, over]) =>
        ghostPost({ uuid: newId(), title, slug: unique('odd'), html: null, ...over }),
      ),
    }),
  )
  expect(result).toMatchObject({ status: 'done', made: 1, refused: 3 })
  expect((await postOf(writer, 'Closing')).content).toBe('*Closed*')
})

test('of two posts with one id, the second is told of', async ({ writer }) => {
  const uuid = `\0${'long '.repeat(2_000)}${newId()}`
  const posts = ['One', 'Other'].map((title) => ghostPost({ uuid, title, slug: unique('twin') }))
  const file = ghostExport({ posts })
  const result = await importFile(writer, 'ghost.json', file)
  expect(result).toMatchObject({ status: 'done', made: 1, refused: 1 })
  expect(lineOf(result, 'Other').remarks[0]).toMatch(/^It has the same id as another before it/)
  expect(await importFile(writer, 'ghost.json', file)).toMatchObject({ made: 0, there: 1, refused: 1 })
})
