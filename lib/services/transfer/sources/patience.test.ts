import { expect, test } from '@playwright/test'
import { CONTENT_MAX } from '@/lib/schemas/posts'
import { withoutTags } from '@/lib/services/transfer/convert/escape'
import { findSyntax, leadingHeading, pictureEmbeds } from '@/lib/services/transfer/sources/markdown/syntax'
import { expandShortcodes } from '@/lib/services/transfer/sources/wordpress/shortcodes'

const full = (part: string) => part.repeat(CONTENT_MAX / part.length)
const shortcodes = (text: string) => expandShortcodes(text, new Map()).html

// What takes the square of its length takes longer than a test may.
const unchanged: [what: string, read: (text: string) => string, text: string][] = [
  ['shortcodes that don’t end', shortcodes, full('[a]')],
  ['shortcodes that don’t close', shortcodes, full('[a b ')],
  ['a shortcode of spaces', shortcodes, `[a${full(' ')}`],
  ['code that doesn’t end', shortcodes, full('<pre><code>')],
  ['pictures that don’t end', pictureEmbeds, full('![[')],
  ['pictures whose words don’t end', pictureEmbeds, full('![[a.png|')],
  ['tags that don’t end', withoutTags, full('<')],
]

for (const [what, read, text] of unchanged) {
  test(`${what} are read in one go`, () => {
    expect(read(text) === text).toBe(true)
  })
}

test('spaces in a caption, an attribute, a heading and a tag are read in one go', () => {
  expect(shortcodes(`[caption]${full(' ')}x[/caption]`)).toContain('x<figcaption>')
  expect(shortcodes(`[gallery ${full('a')}]`)).toContain('<pre><code>[gallery a')
  expect(leadingHeading(`# a${full(' ')}b`)?.title).toHaveLength(CONTENT_MAX + 2)
  expect(findSyntax(`{{<${full(' ')}`)).toEqual([])
})

test('a heading is closed by hashes that stand apart', () => {
  const titles = ['# A #', '#   A  ##  ', '\n# A#\nb', '# # #', '#', '# ', 'A', '## A']
  expect(titles.map((text) => leadingHeading(text)?.title ?? null)).toEqual([
    'A',
    'A',
    'A#',
    '#',
    null,
    null,
    null,
    null,
  ])
})

test('a shortcode ends at the next end of its name, and there is none in code', () => {
  expect(shortcodes('[x]a[X][/x]b[/x] [sic] <pre>[x]c[/x]</pre><code>[x]d[/x]')).toBe(
    '<pre><code>[x]a[X][/x]</code></pre>b[/x] [sic] <pre>[x]c[/x]</pre><code><pre><code>[x]d[/x]</code></pre>',
  )
})
