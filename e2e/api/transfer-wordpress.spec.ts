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
import { wxr } from '../fixtures/transfer/wordpress'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

test('posts of WordPress come with status, dates, terms, covers and galleries', async ({ writer }) => {
  const name = unique('first')
  const file = wxr(
    {
      id: 10,
      title: 'First & “foremost”',
      name,
      modified: '2022-06-01 08:00:00',
      excerpt: '<p>In short: it&#8217;s light.</p>',
      content:
        '<!-- wp:paragraph -->\n<p>Light <em>at</em> sea.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:image {"id":11} -->\n<figure class="wp-block-image"><img src="https://old.example/wp-content/uploads/2022/05/lamp-300x200.png" alt="Lamp"/><figcaption class="wp-element-caption">A lamp</figcaption></figure>\n<!-- /wp:image -->\n\n<!-- wp:embed {"url":"https://vimeo.com/1"} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://vimeo.com/1\n</div></figure>\n<!-- /wp:embed -->\n\n<!-- wp:latest-posts {"postsToShow":3} /-->\n\n<!-- wp:list --><ul><!-- wp:list-item --><li>One</li><!-- /wp:list-item --></ul><!-- /wp:list -->\n\n<!-- wp:shortcode -->\n[contact-form-7 id="12" title="Contact"]\n<!-- /wp:shortcode -->',
      categories: [
        ['category', 'uncategorized', 'Uncategorized'],
        ['category', 'sea', 'Sea &amp; shore'],
        ['post_tag', 'lamps', 'Lamps'],
        ['nav_menu', 'main', 'Main'],
      ],
      meta: { _thumbnail_id: '11', _edit_last: '1' },
      more: '		<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content><![CDATA[Nice]]></wp:comment_content></wp:comment>',
    },
    {
      id: 11,
      title: 'lamp',
      type: 'attachment',
      status: 'inherit',
      attachment: 'https://old.example/wp-content/uploads/2022/05/lamp.png',
      meta: { _wp_attachment_image_alt: 'The lamp itself' },
    },
    { id: 12, title: 'Draft', status: 'draft', date: '0000-00-00 00:00:00' },
    { id: 13, title: 'Private', status: 'private' },
    { id: 14, title: 'Locked', password: 'sesame' },
    { id: 15, title: 'Future', status: 'future', date: '2999-02-03 04:05:06' },
    { id: 16, title: 'Trashed', status: 'trash', name: `${unique('bin')}__trashed` },
    { id: 17, title: 'A page', type: 'page' },
    { id: 18, title: 'Menu', type: 'nav_menu_item' },
    { id: 19, title: 'Auto Draft', status: 'auto-draft' },
    { id: 20, title: 'Ünï', name: '%e6%97%a5%e6%9c%ac' },
    {
      id: 21,
      title: 'Classic',
      content:
        'First line\nsecond line.\n\nSecond [sic] paragraph with <strong>bold</strong>.\n\n[caption id="a" align="left" width="300"]<a href="https://old.example/x"><img src="https://elsewhere.example/c.jpg" alt="C" width="300" /></a> The caption[/caption]\n\n[gallery ids="11"]\n\n<blockquote>Quoted</blockquote>\n[embed]https://example.com/v[/embed]\n\n<pre>[not a="shortcode"]</pre>\n\n[plugin]inner[/plugin]',
    },
  )
  const files = [
    { name: 'site.xml', content: file },
    { name: 'wp-content/uploads/2022/05/lamp.png', content: await picture('png', 60, 40) },
  ]
  const result = await importZip(writer, files)
  expect(result).toMatchObject({
    status: 'done',
    made: 9,
    refused: 0,
    remarks: ['What is neither post nor page was left out: 1 × nav_menu_item, 1 × post.'],
  })

  const [lamp] = await uploadsOf(writer)
  expect(lamp).toMatchObject({ filename: 'lamp.png' })
  const first = await postOf(writer, 'First & “foremost”')
  expect(first).toMatchObject({
    slug: name,
    status: 'published',
    excerpt: 'In short: it’s light.',
    tags: ['Sea & shore', 'Lamps'],
    cover: lamp?.id,
    createdAt: new Date('2022-05-01T10:00:00Z'),
    publishedAt: new Date('2022-05-01T10:00:00Z'),
    updatedAt: new Date('2022-06-01T08:00:00Z'),
  })
  expect(first.content).toBe(
    `Light *at* sea.\n\n![Lamp](/uploads/${lamp?.id}/lamp.png)\n\nA lamp\n\n<https://vimeo.com/1>\n\n` +
      '```json\nlatest-posts {"postsToShow":3}\n```\n\n- One\n\n```\n[contact-form-7 id="12" title="Contact"]\n```',
  )
  expect(lineOf(result, first.title).remarks).toEqual([
    'The shortcode [contact-form-7] is kept as a block of code.',
    'What was embedded from vimeo.com is a link now.',
    'The block “latest-posts” was made by the site itself: what it was told is kept as code.',
    'Comments have no place here. Left out: 1.',
  ])
  expect(await postOf(writer, 'Draft')).toMatchObject({ status: 'draft', publishedAt: null })
  for (const [title, why] of [
    ['Private', 'it was private'],
    ['Locked', 'it could only be read with a password'],
    ['A page', 'it was a page, and here are posts alone'],
  ] as const) {
    expect((await postOf(writer, title)).status).toBe('draft')
    expect(lineOf(result, title).remarks).toContain(`It is a draft, since ${why}.`)
  }
  expect(await postOf(writer, 'Future')).toMatchObject({
    publishAt: new Date('2999-02-03T04:05:06Z'),
    status: 'draft',
  })
  expect(await postOf(writer, 'Trashed')).toMatchObject({
    trashed: true,
    slug: expect.not.stringContaining('__'),
  })
  expect((await postOf(writer, 'Ünï')).slug).toMatch(/^(uni|post-[\da-f]{6})/)
  expect(lineOf(result, 'Ünï').remarks[0]).toContain('“日本” is not of small Latin letters')

  const classic = await postOf(writer, 'Classic')
  expect(classic.content).toBe(
    'First line\\\nsecond line.\n\nSecond \\[sic] paragraph with **bold**.\n\n' +
      '[![C](https://elsewhere.example/c.jpg)](https://old.example/x)\n\nThe caption\n\n' +
      `![The lamp itself](/uploads/${lamp?.id}/lamp.png)\n\n> Quoted\n\n<https://example.com/v>\n\n` +
      '```\n[not a="shortcode"]\n```\n\n```\n[plugin]inner[/plugin]\n```',
  )
  expect(lineOf(result, 'Classic').remarks).toEqual([
    'The shortcode [plugin] is kept as a block of code.',
    'One picture stays where it is, at an address elsewhere: nothing is fetched from there.',
  ])

  const before = await postsOf(writer)
  expect(await importZip(writer, files)).toMatchObject({ made: 0, there: 9 })
  expect(await postsOf(writer)).toEqual(before)
})

test('an export in parts is one site, and what is broken in one part is told with its line', async ({
  writer,
}) => {
  const one = wxr({ id: 1, title: 'One', meta: { _thumbnail_id: '2' } })
  const two = wxr(
    { id: 2, type: 'attachment', attachment: 'https://elsewhere.example/pic.png' },
    { id: 3, title: 'Two' },
  )
  const result = await importZip(writer, [
    { name: 'a.xml', content: one },
    { name: 'b.xml', content: two },
  ])
  expect(result).toMatchObject({ status: 'done', made: 2 })
  expect((await postOf(writer, 'One')).content).toBe('![](https://elsewhere.example/pic.png)')

  const broken = await importFile(
    writer,
    'c.xml',
    wxr({ id: 9, title: 'Nine' }).replace('</wp:status>', '</wp:stat>'),
  )
  expect(broken).toMatchObject({ status: 'failed', made: 0 })
  expect(broken.error).toMatch(/^c\.xml, line \d+: This is no well-formed XML: /)
})

test('sites have numbers of their own, and a post without a number is one, too', async ({ writer }) => {
  const other = (text: string) => text.replaceAll('https://old.example', 'https://other.example')
  const unnumbered = wxr({ id: 5, title: 'Five' }, { id: 6, title: 'Six' })
  const result = await importZip(writer, [
    { name: 'a.xml', content: wxr({ id: 1, title: 'Here' }) },
    { name: 'b.xml', content: other(wxr({ id: 1, title: 'There' })) },
    { name: 'c.xml', content: unnumbered.replaceAll(/<wp:post_id>\d+<\/wp:post_id>/g, '') },
  ])
  expect(result).toMatchObject({ status: 'done', made: 4, refused: 0 })
  expect(await importFile(writer, 'a.xml', wxr({ id: 1, title: 'Here' }))).toMatchObject({
    made: 0,
    there: 1,
  })
})
