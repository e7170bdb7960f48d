import { HtmlValidate } from 'html-validate'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { PRODUCT } from '../fixtures/env'
import { HOSTILE_MARKDOWN } from '../fixtures/hostile-text'
import { expect, test } from '../fixtures/test'

const RICH = [
  '# On lamps\n\nA note[^1], `code`, and $$e^{i\\pi}$$.\n\n```ts\nconst lamp = { lit: true }\n```',
  '## Oil\n\n| Day | Oil |\n| --- | ---: |\n| Monday | 3 l |\n\n$$\n\\frac{1}{2}\n$$',
  '### Wicks\n\n- [x] trim\n\n> Quote\n\n1. one\n\n![A lamp](https://a.example/x.png)\n\n## Oil\n\n[^1]: The note.',
].join('\n\n')

test('what is sent to readers is valid HTML, whatever was typed', async ({ writer }) => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    // GFM aligns the columns of tables so, and feeds know nothing else.
    rules: { 'no-deprecated-attr': 'off' },
  })
  const hostile = HOSTILE_MARKDOWN.filter((text) => !text.includes('\0')).map((text) =>
    text.replace(/^/gm, '> '),
  )
  const title = `Valid "<b>&amp; ${crypto.randomUUID()}`
  const paths = ['/posts', '/posts?q=lamp']
  for (const content of [RICH, hostile.join('\n\n---\n\n')]) {
    const post = { ...newPost.parse({ title, content, status: 'published' }), tags: ['A "<b>', '灯台'] }
    paths.push(`/posts/${(await createPost(writer, post, null)).slug}`)
  }
  for (const path of [...paths, `/posts/tag/${encodeURIComponent('灯台')}`]) {
    const html = await (await fetch(PRODUCT.url + path)).text()
    const { results } = await validator.validateString(html)
    const found = results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line, column }) => ({ ruleId, message, line, column })),
    )
    expect(found, path).toEqual([])
  }
})
