import { changeName } from '@/lib/services/accounts'
import { describeUpload } from '@/lib/services/uploads'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor } from '../fixtures/factories'
import { picture, upload } from '../fixtures/pictures'
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

test('what has no versions is public at once, too: its author’s name, and what is said of its cover', async ({
  api,
  writer,
}) => {
  const cover = await upload(api, await picture())
  const title = `Named ${crypto.randomUUID()}`
  const post = await createPost(api, { title, coverUploadId: cover.id, status: 'published' })
  const read = async () => (await fetch(`${PRODUCT.url}/posts/${post.slug}`)).text()
  expect(await read()).toContain(`>${writer.name},`)
  const name = `Berit ${crypto.randomUUID()}`
  expect(await (await fetch(`${PRODUCT.url}/atom.xml`)).text()).toContain(post.slug)
  await changeName(writer, name)
  expect(await read()).toContain(`>${name},`)
  expect(await (await fetch(`${PRODUCT.url}/atom.xml`)).text()).toContain(`<name>${name}</name>`)
  for (const alt of ['A pier at dusk', 'A pier by night']) {
    await describeUpload(writer, cover.id, alt)
    expect(await read()).toContain(`alt="${alt}"`)
  }
})

test('pictures in a text come in the width that fits, and its view in the editor is the same', async ({
  api,
  writer,
}) => {
  const { url } = await upload(api, await picture('png', 700, 350), { filename: 'A pier.png' })
  const content = `# Seen\n\n![First](${url})\n\n![Second](${url})`
  const post = await createPost(api, { title: 'Shown', content, status: 'published' })
  const page = await (await fetch(`${PRODUCT.url}/posts/${post.slug}`)).text()
  const fitted = `width="700" height="350" srcset="${[160, 320, 640].map((w) => `${url}?w=${w} ${w}w`).join(', ')}, ${url}?w=700 700w"`
  expect(page).toContain(`<img src="${url}" alt="First" ${fitted}`)
  expect(page.match(/loading="lazy"/g)).toHaveLength(1)
  const { name, value } = await createCookieFor(writer)
  const answer = await fetch(`${PRODUCT.url}/dashboard/editor/render`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Sec-Fetch-Site': 'same-origin',
      Cookie: `${name}=${value}`,
    },
    body: JSON.stringify({ content }),
  })
  const { html } = await answer.json()
  expect(page).toContain(html)
})
