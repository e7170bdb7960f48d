import { PRODUCT } from '../fixtures/env'
import { createPost } from '../fixtures/posts'
import { expect, test } from '../fixtures/test'

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
