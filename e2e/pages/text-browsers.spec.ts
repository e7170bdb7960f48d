import { execFile, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { PRODUCT } from '../fixtures/env'
import { expect, test } from '../fixtures/pages'
import { createPost } from '../fixtures/posts'

const browsers = [
  { name: 'lynx', args: ['-dump', '-nolist', '-display_charset=utf-8'] },
  { name: 'w3m', args: ['-dump', '-O', 'utf-8'] },
]

for (const { name, args } of browsers) {
  test(`${name} shows the public pages as text`, async ({ api, javaScriptEnabled }) => {
    test.skip(spawnSync(name, ['-version']).error !== undefined, `${name} is not installed here`)
    test.skip(javaScriptEnabled === true, 'once is enough')
    const publish = () =>
      createPost(api, {
        title: `Bread ${randomUUID().slice(0, 8)}`,
        content: '## Method\n\nMix, then *wait*.',
        status: 'published',
      })
    const post = await publish()
    const read = async (path: string) =>
      (await promisify(execFile)(name, [...args, `${PRODUCT.url}${path}`])).stdout
    expect(await read('/')).toContain('A writing studio that keeps its books')
    // Where other tests have filled the first page meanwhile, the next one is on it.
    await expect(async () => {
      const { title } = await publish()
      expect(await read('/posts')).toContain(title)
    }).toPass()
    expect(await read('/login')).toMatch(/Email[\s\S]*Password[\s\S]*Log in/)
    const page = await read(`/posts/${post.slug}`)
    for (const words of [post.title, 'Method', 'Mix, then wait.', 'All posts']) expect(page).toContain(words)
  })
}
