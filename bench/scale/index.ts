import { median } from '../measure'
import { createWriter, middlePost, touch, type Writer, writePosts } from './seed'

const FEW = 1_000
const MANY = 100_000
const WARM = 20
const CALLS = Number(process.env.BENCH_CALLS ?? 60)
/** How many times as long it may take with `MANY` as with `FEW`. */
const GOAL = 1.5

/** @param inherent why it may take longer than the goal, where that can't be helped. */
type Call = { path: string; headers: Record<string, string>; inherent?: string }

/**
 * What is asked of posts, one call after another, with a thousand of them and with a hundred thousand, each with its
 * history: medians in milliseconds, and how many times as long it takes. Before each call the lists have changed, so that
 * none is answered from memory. Fails where that is more than the goal.
 */
export async function benchScale(url: string): Promise<void> {
  const writer = await createWriter()
  await writePosts(writer, 1, FEW)
  const few = await measureAll(url, writer, FEW)
  await writePosts(writer, FEW + 1, MANY)
  const many = await measureAll(url, writer, MANY)
  console.log(
    `\n${FEW} and ${MANY} posts: one caller, median of ${CALLS} calls, at most ${GOAL} times as long`,
  )
  for (const [name, { took, inherent }] of few) {
    const after = many.get(name)?.took ?? Number.NaN
    const times = after / took
    const isOver = !(times <= GOAL)
    console.log(`  ${name.padEnd(32)} ${ms(took)} ms   ${ms(after)} ms   ${judged(times, isOver, inherent)}`)
    if (isOver && !inherent) process.exitCode = 1
  }
}

function judged(times: number, isOver: boolean, inherent: string | undefined): string {
  const verdict = isOver ? (inherent ? `over, as is allowed: ${inherent}` : 'OVER') : `within ${GOAL}`
  return `${times.toFixed(2).padStart(6)} × ${verdict}`
}

type Figure = { took: number; inherent: string | undefined }

async function measureAll(url: string, writer: Writer, count: number): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>()
  for (const [name, call] of Object.entries(await calls(url, writer, count)))
    figures.set(name, { took: await measure(url, call), inherent: call.inherent })
  return figures
}

const COUNTED = 'a page by its number counts all posts before it; cursors don’t'

async function calls(url: string, { key, cookie }: Writer, count: number): Promise<Record<string, Call>> {
  const api = { Authorization: `Bearer ${key}` }
  const session = { Cookie: cookie }
  const middle = await middlePost(count)
  const page = count / 2 / 10
  const { nextCursor } = await (await fetch(`${url}/api/posts?page=${page}`, { headers: api })).json()
  return {
    'API: list': { path: '/api/posts', headers: api },
    'API: by cursor, in the middle': {
      path: `/api/posts?cursor=${nextCursor}`,
      headers: api,
    },
    'API: by number, in the middle': { path: `/api/posts?page=${page}`, headers: api, inherent: COUNTED },
    'API: search, one in a hundred': { path: '/api/posts?q=foghorn', headers: api },
    'API: search, all of them': { path: '/api/posts?q=keeper', headers: api },
    'public list': { path: '/posts', headers: {} },
    'public list, in the middle': { path: `/posts/page/${page}`, headers: {}, inherent: COUNTED },
    'public search, one in a hundred': { path: '/posts?q=foghorn', headers: {} },
    'public search, all of them': { path: '/posts?q=keeper', headers: {} },
    'page of a tag': { path: '/posts/tag/fog', headers: {} },
    'page of a tag that most have': { path: '/posts/tag/lamps', headers: {} },
    feed: { path: '/feed.xml', headers: {} },
    'dashboard: list': { path: '/dashboard/posts', headers: session },
    'dashboard: search': { path: '/dashboard/posts?q=foghorn', headers: session },
    'dashboard: search, all of them': { path: '/dashboard/posts?q=keeper', headers: session },
    'editor opened': { path: `/dashboard/posts/${middle}`, headers: session },
    'history opened': { path: `/dashboard/posts/${middle}/history`, headers: session },
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
