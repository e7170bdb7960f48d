import { expect, test } from '@playwright/test'
import { renderArticle, renderMarkdown } from '@/lib/markdown'

test('headings are told with ids that are their own, stay, and are no footnote’s', async () => {
  const text = '# Fn 1\n\n## A *part*\n\na[^1]\n\n## A part\n\n### <b>&amp; 灯台\n\n[^1]: b'
  const { html, headings } = await renderArticle(text)
  expect(headings).toEqual([
    { id: 'section-fn-1', text: 'Fn 1', depth: 2 },
    { id: 'section-a-part', text: 'A part', depth: 3 },
    { id: 'section-a-part-1', text: 'A part', depth: 3 },
    { id: 'section--灯台', text: '& 灯台', depth: 4 },
  ])
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toEqual(
    expect.arrayContaining([...headings.map(({ id }) => id), 'content-fn-1', 'footnote-label']),
  )
  expect(await renderArticle(`Before it\n\n${text}`)).toMatchObject({ headings })
  // Where several texts are on one page, headings have none.
  expect(await renderMarkdown('## A part')).toBe('<h2>A part</h2>')
})

test('code is coloured by classes alone, where its language is known', async () => {
  const html = await renderMarkdown('```js\nconst a = "<b>" // c\n```')
  expect(html).toContain('<span class="hljs-keyword">const</span>')
  expect(html).toContain('<span class="hljs-string">"&#x3C;b>"</span>')
  expect(html).not.toContain('style=')
  expect(await renderMarkdown('```no-such"language\na < b\n```')).toBe(
    '<pre><code class="language-no-such&#x22;language">a &#x3C; b\n</code></pre>',
  )
  expect(await renderMarkdown('```\na\n```')).toBe('<pre><code>a\n</code></pre>')
})

const formulas: [markdown: string, html: string | RegExp][] = [
  ['$$x^2$$', /^<p><math><msup><mi>x<\/mi><mn>2<\/mn><\/msup><\/math><\/p>$/],
  [
    '$$\n\\frac{a}{b}\n$$',
    /^<div><math display="block"><mfrac><mi>a<\/mi><mi>b<\/mi><\/mfrac><\/math><\/div>$/,
  ],
  ['$$\\text{a<b}$$', /<mtext>a&#x3C;b<\/mtext>/],
  ['$$\\color{red}x$$', /^<p><math><mrow><mi>x<\/mi><\/mrow><\/math><\/p>$/],
  ['From $5 to $10', '<p>From $5 to $10</p>'],
  // What is no TeX, or wants more than to be drawn.
  ['$$\\frac{a$$', /^<p><code class="language-math">\\frac\{a<\/code><\/p>$/],
  ['$$\\href{javascript:alert(1)}{x}$$', /^<p><(math|code)(?!.*href=)/],
  ['$$\\includegraphics{x.png}$$', /^<p><code/],
  ['$$\\def\\a{\\a\\a}\\a$$', /^<p><code/],
]

for (const [markdown, html] of formulas) {
  test(`draws ${JSON.stringify(markdown)}`, async () => {
    const drawn = await renderMarkdown(markdown)
    if (typeof html === 'string') expect(drawn).toBe(html)
    else expect(drawn).toMatch(html)
    expect(drawn).not.toMatch(/style=|<a\b|<img/)
  })
}

test('uploads come in the width that fits, in a place that is kept, and all but the first picture wait', async () => {
  const id = '019aabcd-0000-7000-8000-000000000001'
  const url = `/uploads/${id}/a%20lamp.png`
  const sizes = { [id]: { width: 1000, height: 601 } }
  const text = `![A](${url})\n\n![B](${url}?w=300 "C")\n\n![D](https://d.example/e.png)\n\n![F](/uploads/${id.replace(/1$/, '2')}/g.png)`
  const { html } = await renderArticle(text, sizes)
  const pictures = html.match(/<img[^>]*>/g) ?? []
  expect(pictures).toEqual([
    `<img src="${url}" alt="A" width="1000" height="601" srcset="${[160, 320, 640, 960].map((w) => `${url}?w=${w} ${w}w`).join(', ')}, ${url}?w=1000 1000w" sizes="(min-width: 40rem) 38rem, 100vw" decoding="async">`,
    `<img src="${url}?w=300" alt="B" title="C" width="320" height="193" loading="lazy" decoding="async">`,
    '<img src="https://d.example/e.png" alt="D" loading="lazy" decoding="async">',
    `<img src="/uploads/${id.replace(/1$/, '2')}/g.png" alt="F" loading="lazy" decoding="async">`,
  ])
  // Of the same text with other sizes nothing is remembered.
  expect((await renderArticle(text)).html).not.toContain('srcset')
})
