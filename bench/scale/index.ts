import { median } from '../measure'
import { createWriter, middlePost, touch, type Writer, writePosts } from './seed'

const FEW = 1_000
const MANY = 100_000
const WARM = 20
const CALLS = Number(process.env.BENCH_CALLS ?? 60)

type Call = { path: string; headers: Record<string, string> }

/**
 * What is asked of posts, one call after another, with a thousand of them and with a hundred thousand: medians in
 * milliseconds, and how much longer it takes. Before each call the lists have changed, so that none is answered from
 * memory.
 */
export async function benchScale(url: string): Promise<void> {
  const writer = await createWriter()
  await writePosts(writer, 1, FEW)
  const few = await measureAll(url, writer, FEW)
  await writePosts(writer, FEW + 1, MANY)
  const many = await measureAll(url, writer, MANY)
  console.log(`\n${FEW} and ${MANY} posts: one caller, median of ${CALLS} calls`)
  for (const [name, before] of few) {
    const after = many.get(name) ?? Number.NaN
    const times = (after / before).toFixed(2)
    console.log(`  ${name.padEnd(28)} ${ms(before)} ms   ${ms(after)} ms   takes ${times} times as long`)
  }
}

async function measureAll(url: string, writer: Writer, count: number): Promise<Map<string, number>> {
  const figures = new Map<string, number>()
  for (const [name, call] of Object.entries(await calls(writer, count)))
    figures.set(name, await measure(url, call))
  return figures
}

async function calls({ key, cookie }: Writer, count: number): Promise<Record<string, Call>> {
  const api = { Authorization: `Bearer ${key}` }
  const session = { Cookie: cookie }
  return {
    'API: list': { path: '/api/posts', headers: api },
    'API: search, one in a hundred': { path: '/api/posts?q=foghorn', headers: api },
    'API: search, all of them': { path: '/api/posts?q=keeper', headers: api },
    'public list': { path: '/posts', headers: {} },
    'public search': { path: '/posts?q=foghorn', headers: {} },
    'page of a tag': { path: '/posts/tag/fog', headers: {} },
    'page of a tag that most have': { path: '/posts/tag/lamps', headers: {} },
    feed: { path: '/feed.xml', headers: {} },
    'dashboard: list': { path: '/dashboard/posts', headers: session },
    'dashboard: search': { path: '/dashboard/posts?q=foghorn', headers: session },
    'editor opened': { path: `/dashboard/posts/${await middlePost(count)}`, headers: session },
  }
}

/** @throws Error if a call is not answered with 200. */
async function measure(url: string, { path, headers }: Call): Promise<number> {
  const seen: number[] = []
  for (let nth = 0; nth < WARM + CALLS; nth++) {
    await touch()
    const begun = performance.now()
    const answer = await fetch(`${url}${path}`, { headers })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    if (nth >= WARM) seen.push(performance.now() - begun)
  }
  return median(seen)
}

function ms(value: number): string {
  return value.toFixed(1).padStart(7)
}
