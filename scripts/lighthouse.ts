import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { findChromium } from '@/e2e/fixtures/browser'
import { embeddedIn } from '@/e2e/fixtures/database'
import { createKeyFor, createPerson } from '@/e2e/fixtures/factories'
import { picture, upload } from '@/e2e/fixtures/pictures'
import { spawnProduct, untilReady } from '@/e2e/fixtures/product'
import { apiWith } from '@/e2e/fixtures/test'
import { closeDatabase, openDatabase } from '@/lib/db'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { describeUpload } from '@/lib/services/uploads'

/**
 * `npm run lighthouse`, after `npm run build`: what Lighthouse says of a published post of 2,000 words with a cover, three
 * pictures, code, a table and a formula, as on a phone. Tells the median of each category, and fails where one is below its goal.
 */
const RUNS = 5
const GOAL = 0.95
const PORT = Number(process.env.LIGHTHOUSE_PORT ?? 3950)

/** What stands at the end of each part. */
const EXTRAS = [
  '```ts\n/** How far the lamp is seen, in nautical miles. */\nexport function range(metres: number): number {\n  return 2.08 * (Math.sqrt(metres) + Math.sqrt(5)) // for an eye at five metres\n}\n```',
  '| Month | Oil, litres | Ships |\n| :-- | --: | --: |\n| May | 120 | 14 |\n| June | 96 | 21 |',
  'The range is $d = 2.08 (\\sqrt{h} + \\sqrt{e})$, since\n\n$$\nd = \\sqrt{2 R h + h^2} \\approx \\sqrt{2 R h}\n$$',
  'So the book ends.[^1]\n\n[^1]: Its last page is missing.',
]

const home = mkdtempSync(path.join(tmpdir(), 'inkwell-lighthouse-'))
const product = spawnProduct(PORT, { NODE_OPTIONS: '', DATA_DIR: path.join(home, 'data') })
try {
  await untilReady(product)
  openDatabase(embeddedIn(path.join(home, 'data')), console.error)
  const medians = await measure(`${product.url}/posts/${await publish()}`)
  for (const [category, median] of Object.entries(medians)) {
    console.log(`${category.padEnd(20)} ${Math.round(median * 100)}`)
    if (median < GOAL) process.exitCode = 1
  }
} finally {
  await closeDatabase()
  product.kill('SIGTERM')
  await product.exited
  rmSync(home, { recursive: true })
}

/** @returns the slug of a post as a writer might write it. */
async function publish(): Promise<string> {
  const writer = await createPerson()
  const api = apiWith(await createKeyFor(writer), product.url)
  const sentence =
    'The keeper climbed the stairs at dusk and wrote in the book what the sea had done to the lamp. '
  const section = `${sentence.repeat(5)}\n\n`.repeat(5)
  const photo = async (filename: string) => upload(api, await picture('jpeg', 1600, 1000), { filename })
  const cover = await photo('cover.jpg')
  await describeUpload(writer, cover.id, 'The tower at dusk')
  let content = ''
  for (const n of [1, 2, 3, 4]) {
    content += `## Part ${n}\n\n${section}${EXTRAS[n - 1]}\n\n`
    if (n === 4) break
    const { url } = await photo(`lamp ${n}.jpg`)
    content += `![The lamp, seen for the ${n}th time](${encodeURI(url)})\n\n`
  }
  const excerpt = 'Two thousand words from a lighthouse.'
  const said = { title: 'The keeper’s book', content, excerpt, status: 'published', coverUploadId: cover.id }
  const post = newPost.parse(said)
  return (await createPost(writer, post, null)).slug
}

/** The median of each category, from 0 to 1. */
async function measure(url: string): Promise<Record<string, number>> {
  const scores: Record<string, number[]> = {}
  for (let run = 0; run < RUNS; run++) {
    const chromePath = findChromium()
    const chrome = await launch({
      ...(chromePath ? { chromePath } : {}),
      chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    const result = await lighthouse(url, { port: chrome.port, logLevel: 'error' })
    chrome.kill()
    const { categories = {}, audits = {} } = result?.lhr ?? {}
    for (const [name, { score }] of Object.entries(categories)) {
      scores[name] ??= []
      scores[name].push(score ?? 0)
    }
    if (run === 0)
      for (const { id, score, title } of Object.values(audits))
        if (score !== null && score < 0.9) console.log(`  ${id}: ${title}`)
  }
  return Object.fromEntries(Object.entries(scores).map(([name, all]) => [name, all.sort()[RUNS >> 1] ?? 0]))
}
