import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import vnuJar from 'vnu-jar'
import { embeddedIn } from '@/e2e/fixtures/database'
import { createCookieFor, createKeyFor, createPerson } from '@/e2e/fixtures/factories'
import { picture, upload } from '@/e2e/fixtures/pictures'
import { spawnProduct, untilReady } from '@/e2e/fixtures/product'
import { apiWith } from '@/e2e/fixtures/test'
import { closeDatabase, openDatabase } from '@/lib/db'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { createProject } from '@/lib/services/projects'
import { importFromHere } from '@/lib/services/transfer'
import { describeUpload } from '@/lib/services/uploads'
import { query, sql } from '@/lib/sql'
import { endThreads } from '@/lib/threads'

/**
 * `npm run validate-html`, after `npm run build`: what the Nu Html Checker (npm `vnu-jar`, which needs Java 11 or later) says
 * of every kind of page, as it comes from the server: without JavaScript that is the page. Fails on an error; warnings are told.
 */
const PORT = Number(process.env.VALIDATE_PORT ?? 3960)
const JAVA = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java'

/** React writes it on the form of an action. To every browser it means the page itself (HTML, form submission, step 12). */
const FROM_REACT = 'Bad value “” for attribute “action” on element “form”'

/** A text with everything that is written in one. */
const RICH = [
  '# On lamps\n\nA note[^1], `code`, ~~struck~~ and $e^{i\\pi}$.\n\n```ts\nconst lamp = { lit: true }\n```',
  '## Oil\n\n| Day | Oil |\n| --- | ---: |\n| Monday | 3 l |\n\n$$\n\\frac{1}{2}\n$$',
  '### Wicks\n\n- [x] trim\n- [ ] fill\n\n> Quote\n\n1. one\n\n![A lamp](https://a.example/x.png)\n\n## Oil\n\n[^1]: The note.',
].join('\n\n')

const home = mkdtempSync(path.join(tmpdir(), 'inkwell-html-'))
try {
  if (spawnSync(JAVA, ['-version']).status === 0) await main()
  else {
    console.error(
      'There is no Java on this machine, which the Nu Html Checker needs. On Debian: openjdk-17-jre-headless.',
    )
    process.exitCode = 1
  }
} finally {
  rmSync(home, { recursive: true })
}

async function main(): Promise<void> {
  const product = spawnProduct(PORT, { NODE_OPTIONS: '', DATA_DIR: path.join(home, 'data') })
  try {
    await untilReady(product)
    openDatabase(embeddedIn(path.join(home, 'data')), console.error)
    check(await savePages(product.url))
  } finally {
    await endThreads()
    await closeDatabase()
    product.kill('SIGTERM')
    await product.exited
  }
}

/** @returns the pages by the files that they are kept in. */
async function savePages(url: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const folder = path.join(home, 'pages')
  mkdirSync(folder)
  const { cookie, paths } = await write(url)
  for (const [n, { at, isPublic }] of paths.entries()) {
    const answer = await fetch(url + at, { headers: isPublic ? {} : { Cookie: cookie } })
    const isElsewhere = !isPublic && /\/(login|not-found)/.test(new URL(answer.url).pathname)
    if (answer.status !== 200 || isElsewhere) throw new Error(`${at}: ${answer.status} at ${answer.url}`)
    const file = path.join(folder, `${n}.html`)
    writeFileSync(file, await answer.text())
    pages.set(file, at)
  }
  return pages
}

/** Makes something for every page to show, by an operator, who sees all pages there are. */
async function write(url: string) {
  const writer = await createPerson()
  await query(sql`UPDATE users SET role = 'operator' WHERE id = ${writer.userId}`)
  const { name, value } = await createCookieFor(writer)
  const api = apiWith(await createKeyFor(writer), url)
  const cover = await upload(api, await picture('jpeg', 1600, 1000), { filename: 'cover.jpg' })
  await describeUpload(writer, cover.id, 'The tower at dusk')
  await createProject(writer, { name: 'Lamps', brief: 'Dry.' }, null)
  const said = {
    title: 'The keeper’s “book” & <lamp>',
    content: RICH,
    excerpt: 'Of a book.',
    status: 'published',
  }
  const post = await createPost(
    writer,
    { ...newPost.parse({ ...said, coverUploadId: cover.id }), tags: ['Lamps'] },
    null,
  )
  for (let n = 1; n <= 12; n++)
    await createPost(
      writer,
      newPost.parse({ title: `Part ${n}`, content: 'Text.', status: 'published' }),
      null,
    )
  const draft = await createPost(writer, newPost.parse({ title: 'A draft', content: RICH }), null)
  await query(sql`UPDATE posts SET deleted_at = now() WHERE title = 'Part 1'`)
  const odd = path.join(home, 'odd.md')
  writeFileSync(odd, '---\ntitle: Odd\nauthor: Ada\n---\n')
  const imported = await importFromHere(writer, odd)
  const json = { tool: 'titles', text: 'The keeper lit the lamp. The sea was calm.' }
  const generated = await (await api('/api/generate', { method: 'POST', json })).json()

  const open = ['/', '/posts', '/posts/page/2', `/posts/${post.slug}`, '/posts/tag/lamps', '/posts?q=keeper']
    .concat(['/login', '/signup', '/docs/api'])
    .map((at) => ({ at, isPublic: true }))
  const posts = [
    `/dashboard/posts/${draft.id}`,
    `/dashboard/posts/${post.id}`,
    `/dashboard/posts/${post.id}/history`,
  ]
  const own = ['/dashboard', '/dashboard/posts', '/dashboard/posts?q=part', '/dashboard/posts/new', ...posts]
    .concat(['/dashboard/posts/trash', '/dashboard/uploads', '/dashboard/generate', '/dashboard/credits'])
    .concat([`/dashboard/generations/${generated.id}`, '/dashboard/projects', '/dashboard/settings'])
    .concat([
      '/dashboard/transfer',
      `/dashboard/transfer/${imported}`,
      '/dashboard/transfer?refused=invalid',
      '/admin',
    ])
    .map((at) => ({ at, isPublic: false }))
  return { cookie: `${name}=${value}`, paths: [...open, ...own] }
}

type Message = {
  type: string
  subType?: string
  url: string
  lastLine?: number
  message: string
  extract?: string
}

function check(pages: ReadonlyMap<string, string>): void {
  const said = spawnSync(JAVA, ['-jar', String(vnuJar), '--format', 'json', '--stdout', ...pages.keys()], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const { messages } = JSON.parse(said.stdout) as { messages: Message[] }
  // Without `subType` a piece of information is advice, such as how to end an element that has no content.
  const told = messages.filter(({ type, subType }) => type !== 'info' || subType === 'warning')
  const wrong = told.filter(({ message }) => !message.startsWith(FROM_REACT))
  for (const { type, subType, url, lastLine, message, extract } of wrong) {
    const page = pages.get(url.replace(/^file:/, '')) ?? url
    console.log(
      `${page}, line ${lastLine}: ${subType ?? type}: ${message}\n    ${extract?.replaceAll('\n', ' ')}`,
    )
  }
  const errors = wrong.filter(({ type }) => type !== 'info').length
  const accepted = told.length - wrong.length
  console.log(
    `${pages.size} pages: ${errors} errors, ${wrong.length - errors} warnings; ${accepted} empty actions of React’s`,
  )
  if (errors > 0) process.exitCode = 1
}
