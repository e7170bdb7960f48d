import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import type { PostView } from '@/lib/schemas/posts'
import { startCuttingProxy } from '../fixtures/cutting-proxy'
import { BASIC, HOME, SPARE_PORT } from '../fixtures/env'
import { createPost } from '../fixtures/posts'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { createStranger } from '../fixtures/stranger'

const ports = [SPARE_PORT + 52, SPARE_PORT + 53] as const

async function page(url: string, { slug }: Pick<PostView, 'slug'> = { slug: '' }) {
  const answer = await fetch(`${url}/posts/${slug}`)
  return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') }
}

test('a post is public as it was saved, and gone as it was deleted, at once on every instance', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'published-'))
  const [one, two] = await Promise.all(ports.map((port) => startProduct(port, { DATA_DIR: dataDir })))
  if (!one || !two) throw new Error('two were started')
  const { api } = await createStranger(dataDir, one.url)
  const post = await createPost(api, { title: 'The lamp', content: 'Unlit.', status: 'published' })
  // Both keep it by now.
  for (const { url } of [one, two]) expect((await page(url, post)).text).toContain('Unlit.')

  const change = (json: object) =>
    api(`/api/posts/${post.id}`, { method: 'PATCH', json, headers: { 'If-Match': '*' } })
  expect((await change({ content: 'Lit.' })).status).toBe(200)
  for (const { url } of [one, two]) expect((await page(url, post)).text).toContain('<p>Lit.</p>')
  expect((await change({ status: 'draft' })).status).toBe(200)
  for (const { url } of [one, two]) expect((await page(url, post)).status).toBe(404)
  expect((await change({ status: 'published' })).status).toBe(200)
  for (const { url } of [one, two]) {
    expect((await page(url, post)).text).toContain('<p>Lit.</p>')
    expect((await page(url)).text).toContain('The lamp')
  }
  expect((await api(`/api/posts/${post.id}`, { method: 'DELETE' })).status).toBe(204)
  for (const { url } of [one, two]) {
    expect((await page(url, post)).status).toBe(404)
    expect((await page(url)).text).not.toContain('The lamp')
  }
})

test('while the database is away, what has been read can be read, and the rest is said to come back', async ({
  startProduct,
}) => {
  const database = `published_${Date.now()}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${database}`)
  const proxy = await startCuttingProxy(BASIC.dataDir, 'nothing is cut', 0)
  const { url } = await startProduct(ports[0], {
    DATA_DIR: mkdtempSync(path.join(HOME, 'published-away-')),
    DATABASE_URL: `postgresql://inkwell@127.0.0.1:${proxy.port}/${database}`,
  })
  const { api } = await createStranger({ dataDir: BASIC.dataDir, database }, url)
  const [read, unread] = [
    await createPost(api, { title: 'Read', content: 'Lit.', status: 'published' }),
    await createPost(api, { title: 'Unread', content: 'Unlit.', status: 'published' }),
  ]
  expect((await page(url, read)).status).toBe(200)
  expect((await page(url)).status).toBe(200)
  await proxy.close()
  expect(await page(url)).toMatchObject({ status: 200, text: expect.stringContaining('Unread') })
  expect(await page(url, read)).toMatchObject({
    status: 200,
    text: expect.stringContaining('<p>Lit.</p>'),
  })
  expect(await page(url, unread)).toMatchObject({
    status: 503,
    text: expect.stringContaining('<h1>This page can’t be shown just now</h1>'),
    retryAfter: '10',
  })
})
