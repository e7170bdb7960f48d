import { PRODUCT } from '../fixtures/env'
import { createPost } from '../fixtures/posts'
import { expect, test } from '../fixtures/test'

test('while a text is rendered that would take minutes, everybody else is answered', async ({ api }) => {
  const content = '_a*'.repeat(60_000)
  const hostile = await createPost(api, {
    title: `Endless ${crypto.randomUUID()}`,
    content,
    status: 'published',
  })
  try {
    let pending = true
    const endless = fetch(`${PRODUCT.url}/posts/${hostile.slug}`)
      .then((answer) => answer.text())
      .finally(() => {
        pending = false
      })
    let answers = 0
    for (; pending; answers++) expect((await api('/api/health')).status).toBe(200)
    // A server that renders by itself answers one or two, before it begins and when it is done.
    expect(answers).toBeGreaterThan(5)
    expect(await endless).toContain(content.slice(0, 30_000))
  } finally {
    // Feeds and lists of other tests need not wait for it.
    await api(`/api/posts/${hostile.id}`, { method: 'DELETE' })
  }
})
