import { PRODUCT } from '../fixtures/env'
import { createPost } from '../fixtures/posts'
import { expect, test } from '../fixtures/test'

test('the list has what was published, and not what no longer is, at once', async ({ api }) => {
  const list = async () => (await fetch(`${PRODUCT.url}/posts`)).text()
  // Where other tests fill the first page in that moment, the next one is on it from beginning to end.
  await expect(async () => {
    const title = `Listed ${crypto.randomUUID()}`
    expect(await list()).not.toContain(title)
    const post = await createPost(api, { title, status: 'published' })
    expect(await list()).toContain(title)
    const change = (json: object) =>
      api(`/api/posts/${post.id}`, { method: 'PATCH', json, headers: { 'If-Match': '*' } })
    expect((await change({ excerpt: `In short ${post.id}` })).status).toBe(200)
    expect(await list()).toContain(`In short ${post.id}`)
    expect((await change({ status: 'draft' })).status).toBe(200)
    expect(await list()).not.toContain(title)
  }).toPass({ timeout: 10_000 })
})

test('what was saved is public at once, however many are reading while it is saved', async ({ api }) => {
  const post = await createPost(api, { title: `Lamp ${crypto.randomUUID()}`, status: 'published' })
  const read = async () => (await fetch(`${PRODUCT.url}/posts/${post.slug}`)).text()
  for (let n = 1; n <= 20; n++) {
    const saving = api(`/api/posts/${post.id}`, {
      method: 'PATCH',
      json: { content: `Lit for the ${n}th time.` },
      headers: { 'If-Match': '*' },
    })
    const meanwhile = Promise.all(Array.from({ length: 8 }, read))
    expect((await saving).status).toBe(200)
    expect(await read()).toContain(`Lit for the ${n}th time.`)
    await meanwhile
    expect(await read()).toContain(`Lit for the ${n}th time.`)
  }
})
