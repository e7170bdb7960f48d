import { readFile, writeFile } from 'node:fs/promises'
import { openApiDocument } from '@/lib/openapi/document'
import { EXAMPLE_FILE, EXAMPLE_IDS } from '@/lib/openapi/examples'
import { read } from '@/lib/openapi/reference'
import { LANGUAGES, type Language } from '@/lib/openapi/samples'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor } from '../fixtures/factories'
import type { GenerationBody } from '../fixtures/generations'
import { examplesOfReference, paste } from '../fixtures/pasted'
import { picture as pictureOf, upload } from '../fixtures/pictures'
import { createPost, listPosts } from '../fixtures/posts'
import { apiWith, expect, test } from '../fixtures/test'

const languages = Object.entries(LANGUAGES) as [Language, string][]

async function exampleOf(title: string): Promise<string> {
  const program = (await examplesOfReference()).get(title)
  if (!program) throw new Error(`the reference has no example “${title}”`)
  return program
}

for (const [language, name] of languages) {
  test(`the quick start works as pasted, in ${name}, and pasted again`, async ({ writer }, info) => {
    const program = await exampleOf(`Quick start, ${name}`)
    expect(program).toContain(PRODUCT.url)
    expect(program).toContain('ink_…')
    const key = await createKeyFor(writer, ['posts:read', 'posts:write', 'generate', 'usage:read'])
    const printed = [
      await paste(language, program, key, info.outputPath()),
      await paste(language, program, key, info.outputPath()),
    ]

    const api = apiWith(key)
    const { posts } = await listPosts(api)
    expect(posts.map(({ title, content }) => ({ title, content }))).toEqual([
      { title: 'Hello', content: 'Written from **outside**.' },
    ])
    // The model was paid once, and the program says so.
    const { credits } = await (await api('/api/usage')).json()
    expect(credits).toBe(19)
    for (const text of printed) {
      expect(text).toContain(posts[0]?.id)
      expect(text).toMatch(/\b19\b/)
    }
  })

  test(`the stream is told as it comes, in ${name}`, async ({ writer }, info) => {
    const program = await exampleOf(`Streaming, ${name}`)
    const printed = await paste(
      language,
      program,
      await createKeyFor(writer, ['generate']),
      info.outputPath(),
    )
    expect(printed).toContain('out to sea.')
  })

  test(`every call works as pasted, in ${name}`, async ({ api, writer }, info) => {
    // A process for each of them.
    test.slow()
    const examples = await examplesOfReference()
    const key = await createKeyFor(writer)
    const post = await createPost(api)
    const written = await api('/api/generate', { method: 'POST', json: { tool: 'titles', text: 'A lamp' } })
    const generation = (await written.json()) as GenerationBody
    const file = await pictureOf('jpeg')
    await writeFile(info.outputPath(EXAMPLE_FILE), file)
    const picture = await upload(api, file, { filename: EXAMPLE_FILE })
    const { calls } = read(openApiDocument())
    expect(calls.length).toBeGreaterThanOrEqual(18)
    // What they read is not deleted before.
    const last = calls.filter(({ method }) => method === 'DELETE')
    for (const { id, summary } of [...calls.filter((one) => !last.includes(one)), ...last]) {
      const program = examples.get(`${summary}, ${name}`) ?? ''
      expect(program, summary).not.toBe('')
      // The one thing that whoever pastes it must put in.
      const own = program
        .replace(EXAMPLE_IDS.post, post.id)
        .replace(EXAMPLE_IDS.upload, picture.id)
        .replace(EXAMPLE_IDS.generation, generation.id)
      const printed = await paste(language, own, key, info.outputPath())
      if (id.startsWith('delete')) expect(printed.trim()).toBe(language === 'curl' ? '' : '204')
      else if (id === 'servePicture') expect(printed).toBe('')
      else expect(JSON.parse(toJson(language, printed)), summary).toBeTruthy()
    }
    // In the place of what was sent is what was got, which has been written anew.
    const got = await readFile(info.outputPath(EXAMPLE_FILE))
    expect(got.equals(file)).toBe(false)
    expect(got.byteLength).toBe(picture.bytes)
  })
}

/** Node.js prints objects as it writes them in a program; that it did is enough. */
function toJson(language: Language, printed: string): string {
  return language === 'javascript' ? JSON.stringify(printed) : printed
}

test('a program that is refused says why, and fails', async ({ writer }, info) => {
  const key = await createKeyFor(writer, ['posts:read'])
  for (const [language, name] of languages) {
    const program = await exampleOf(`Quick start, ${name}`)
    const failure = await paste(language, program, key, info.outputPath()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    const { stdout, stderr } = failure as { stdout: string; stderr: string }
    expect(stdout + stderr).toContain('posts:write')
  }
})
