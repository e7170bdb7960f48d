import { query, sql } from '@/lib/sql'
import { expect, test } from '../fixtures/test'
import { ghostExport, ghostPost } from '../fixtures/transfer/ghost'
import { importFile, lineOf, unique, uploadsOf } from '../fixtures/transfer/import'
import { wxr } from '../fixtures/transfer/wordpress'
import { zipOf } from '../fixtures/transfer/zip'

const zeros = Buffer.alloc(30_000_000)
const laughs = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`
const foreign = `<?xml version="1.0"?><!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel/></rss>`

const refused: [
  name: string,
  filename: string,
  content: () => string | Uint8Array,
  error: string | RegExp,
][] = [
  ['a picture', 'a.png', () => 'PNG', /^This is neither an export of Ghost/],
  ['an empty zip', 'a.zip', () => zipOf([]), /^This is neither an export of Ghost/],
  [
    'half a zip',
    'a.zip',
    () => zipOf([{ name: 'a.md', content: 'x' }]).subarray(0, 40),
    'The zip is broken or incomplete.',
  ],
  [
    'a zip that unpacks to far too much',
    'a.zip',
    () => zipOf([{ name: 'a.md', content: zeros }]),
    'The zip unpacks to more than 10 MB, too much for its size.',
  ],
  [
    'a zip with a name that leads out of it',
    'a.zip',
    () => zipOf([{ name: '../../a.md', content: 'x' }]),
    'The zip holds a name that leads out of it (invalid relative path: ../../a.md).',
  ],
  [
    'a zip with an absolute name',
    'a.zip',
    () => zipOf([{ name: '/etc/a.md', content: 'x' }]),
    'The zip holds a name that leads out of it (absolute path: /etc/a.md).',
  ],
  [
    'an encrypted zip',
    'a.zip',
    () => zipOf([{ name: 'a.md', content: 'x', encrypted: true }]),
    'a.md: This is encrypted. Send a zip without a password.',
  ],
  [
    'broken JSON',
    'a.json',
    () => '{\n  "db": [\n    x',
    /^a\.json: This is no valid JSON\. Unexpected token 'x', "\{/,
  ],
  [
    'JSON that ends early',
    'a.json',
    () => ghostExport({ posts: [ghostPost({})] }).slice(0, -5),
    /^a\.json.*: This is no valid JSON\./,
  ],
  ['JSON nested deep', 'a.json', () => '['.repeat(200_000), /^a\.json.*: This is no valid JSON\./],
  [
    'JSON of something else',
    'a.json',
    () => '{"a":1}',
    'a.json: This JSON is no export of Ghost: there are no posts at db[0].data.posts.',
  ],
  [
    'JSON with tables that are none',
    'a.json',
    () => ghostExport({ posts: [], tags: 'x' }),
    /^This is no export of Ghost: db\[0\]\.data\.tags: /,
  ],
  [
    'JSON in Latin-1',
    'a.json',
    () => Buffer.from('{"a":"\xe9"}', 'latin1'),
    /^a\.json: This is not UTF-8: the first byte that can’t be read is number 7\. /,
  ],
  [
    'JSON with a NUL',
    'a.json',
    () => '{}\n\0',
    'a.json, line 2: This holds a NUL character, as no text does.',
  ],
  [
    'XML with entities of its own',
    'a.xml',
    () => laughs,
    'a.xml, line 1: This XML has a document type, which no export of WordPress has.',
  ],
  [
    'XML with entities from elsewhere',
    'a.xml',
    () => foreign,
    'a.xml, line 1: This XML has a document type, which no export of WordPress has.',
  ],
  [
    'XML of something else',
    'a.xml',
    () => '<rss><channel><item/></channel></rss>',
    'a.xml: This XML is no export of WordPress: there is no wp:wxr_version in it.',
  ],
  [
    'XML that ends early',
    'a.xml',
    () => wxr({ id: 1 }).slice(0, 900),
    /^a\.xml, line \d+: This is no well-formed XML: /,
  ],
  [
    'XML with a NUL',
    'a.xml',
    () => wxr({ id: 1, content: 'a\0b' }),
    /^a\.xml, line \d+: This is no well-formed XML: disallowed character/,
  ],
  [
    'XML in Latin-1',
    'a.xml',
    () => Buffer.from(wxr({ id: 1, title: '\xe9' }), 'latin1'),
    'a.xml: This is not UTF-8. Save it as UTF-8 and send it again.',
  ],
  [
    'XML nested deep',
    'a.xml',
    () => '<a>'.repeat(100_000),
    'a.xml, line 1: Its elements are nested too deep.',
  ],
]

for (const [name, filename, content, error] of refused) {
  test(`${name} is refused with the reason, and nothing is made`, async ({ writer }) => {
    const result = await importFile(writer, filename, content())
    expect(result).toMatchObject({ status: 'failed', made: 0, lines: [] })
    if (typeof error === 'string') expect(result.error).toBe(error)
    else expect(result.error).toMatch(error)
    expect(await query(sql`SELECT FROM posts WHERE author_id = ${writer.userId}`)).toEqual([])
  })
}

const aliases = `---
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
tags: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
---
`

const unreadable: [name: string, content: string | Uint8Array, reason: string | RegExp][] = [
  ['aliases that multiply', aliases, 'Its front matter refers to itself too often, or is nested too deep.'],
  ['front matter nested deep', `---\na: ${'['.repeat(20_000)}\n---\n`, /front matter/],
  ['broken YAML', '---\ntitle: "x\ntags: [\n---\n', /^bad\.md, line \d: Its front matter is no valid YAML: /],
  ['YAML that is a list', '---\n- a\n---\n', 'bad.md: Its front matter is no list of names and values.'],
  ['broken TOML', '+++\ntitle = x\n+++\n', /^bad\.md, line 2: Its front matter is no valid TOML: /],
  ['endless front matter', `---\na: ${'x'.repeat(70_000)}\n---\n`, /longer than 65536 characters/],
  ['Latin-1', Buffer.from('caf\xe9', 'latin1'), /not UTF-8: the first byte that can’t be read is number 4/],
  ['a NUL', 'a\nb\0', 'bad.md, line 2: This holds a NUL character, as no text does.'],
  ['half a character', '---\ntitle: "\\ud800"\n---\n', 'It contains a character that is not valid text.'],
  ['3 MB', 'x'.repeat(3_000_000), 'bad.md: This is larger than 2 MB.'],
]

test('files that can’t be read are refused one by one, and the others are imported', async ({ writer }) => {
  for (const [name, content, reason] of unreadable) {
    const files = [
      { name: 'bad.md', content },
      { name: 'good.md', content: `---\ntitle: Good beside ${name}\n---\n` },
    ]
    const result = await importFile(writer, 'a.zip', zipOf(files))
    expect(result, name).toMatchObject({ status: 'done', made: 1, refused: 1 })
    const said = result.lines.find(({ outcome }) => outcome === 'refused')?.remarks[0]
    if (typeof reason === 'string') expect(said, name).toContain(reason)
    else expect(said, name).toMatch(reason)
  }
})

test('an entry that is longer than it says is broken off there', async ({ writer }) => {
  const result = await importFile(
    writer,
    'a.zip',
    zipOf([{ name: 'a.md', content: 'x'.repeat(5_000), saidBytes: 10 }]),
  )
  expect(result).toMatchObject({ made: 0 })
  expect(`${result.error} ${result.lines[0]?.remarks}`).toMatch(
    /too many bytes|more bytes|can’t be (read|unpacked)/i,
  )
})

test('pictures that are none are told, and their posts are made', async ({ writer }) => {
  const files = [
    { name: 'a.md', content: `---\ntitle: Shown\nslug: ${unique('shown')}\n---\n![a](a.png) ![s](s.svg)` },
    { name: 'a.png', content: 'no picture' },
    { name: 's.svg', content: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' },
  ]
  const result = await importFile(writer, 'a.zip', zipOf(files))
  const { remarks } = lineOf(result, 'Shown')
  expect(remarks).toHaveLength(2)
  expect(remarks[0]).toMatch(/^The picture a\.png was not taken: This is not a PNG/)
  expect(remarks[1]).toMatch(/^The picture s\.svg was not taken: /)
  expect(await uploadsOf(writer)).toEqual([])
})
