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
  const other = await createPost(api, { title: `Short ${crypto.randomUUID()}`, status: 'published' })
  const read = async (path: string) => (await fetch(PRODUCT.url + path)).text()
  const endless = read(`/posts/${hostile.slug}`)
  const others = (async () => {
    for (let n = 0; n < 20; n++) expect((await api('/api/health')).status).toBe(200)
    return read(`/posts/${other.slug}`)
  })()
  expect(await Promise.race([endless, others])).toContain(other.title)
  expect(await endless).toContain(content.slice(0, 30_000))
  // Feeds and lists of other tests need not wait for it.
  await api(`/api/posts/${hostile.id}`, { method: 'DELETE' })
})
