import { median } from '../measure'
import { type Baseline, startBaselines } from './baselines'
import { type Figures, type Load, run, type Server } from './load'
import { anyPost, type Seed, seed } from './seed'

const CALLERS = 32
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
/** Before the first round: what is compared is how they go on, not how long the compiler takes for how much code. */
const WARM_SECONDS = 20

type Way = { name: string; server: Server; load: Load }

/**
 * The posts of the API, with authentication, limits and headers, beside the same statements behind an otherwise empty
 * handler of Next.js, started as it is and with Inkwell's own options of Node.js, behind Fastify and bare `node:http`, in
 * requests a second, 99th percentiles and processor time.
 *
 * @param databaseUrl the product's own database, which is that of all of them.
 * @param port the first of four free ones.
 * @param home an empty folder outside of the project.
 */
export async function benchRest(
  product: Server,
  databaseUrl: string,
  port: number,
  home: string,
): Promise<void> {
  const seeded = await seed(CALLERS)
  const baselines = await startBaselines(port, home, {
    BENCH_DATABASE_URL: databaseUrl,
    BENCH_READER: seeded.reader,
    BENCH_WRITERS: seeded.writers.join(' '),
  })
  try {
    for (const [name, load] of Object.entries(await loads(seeded)))
      await compare(name, ways(load, product, baselines))
    await compare('GET /api/posts, by whoever has it already', await repeats(product, seeded))
  } finally {
    await Promise.all(baselines.map(({ stop }) => stop()))
  }
}

async function loads(seeded: Seed): Promise<Record<string, Load>> {
  const headers = (keys: string[]) => (caller: number) => ({
    Authorization: `Bearer ${keys[caller % CALLERS]}`,
  })
  const read = { method: 'GET', status: 200, headers: headers(seeded.readerKeys) } as const
  let made = 0
  return {
    'GET /api/posts': { ...read, path: '/api/posts' },
    'GET /api/posts/{id}': { ...read, path: `/api/posts/${await anyPost(seeded)}` },
    'POST /api/posts': {
      method: 'POST',
      path: '/api/posts',
      status: 201,
      headers: headers(seeded.writerKeys),
      body: () =>
        JSON.stringify({ title: `Made ${process.pid} ${made++}`, content: 'Some words. '.repeat(80) }),
    },
  }
}

/** The baselines ask nobody for a key, and are sent one all the same: the requests are the same bytes. */
function ways(load: Load, product: Server, baselines: Baseline[]): Way[] {
  return [{ name: 'Inkwell', server: product }, ...baselines].map(({ name, server }) => ({
    name,
    server,
    load,
  }))
}

async function repeats(server: Server, { readerKeys }: Seed): Promise<Way[]> {
  const headers = (caller: number) => ({ Authorization: `Bearer ${readerKeys[caller % CALLERS]}` })
  const tag = (await fetch(`${server.url}/api/posts`, { headers: headers(0) })).headers.get('etag') ?? ''
  const load: Load = { method: 'GET', path: '/api/posts', status: 200, headers }
  const again = (caller: number) => ({ ...headers(caller), 'If-None-Match': tag })
  return [
    { name: 'the list', server, load },
    { name: '304', server, load: { ...load, status: 304, headers: again } },
  ]
}

/** In turn, there and back, so that a noisy machine is noisy for all of them; medians, and ratios to all others. */
async function compare(name: string, ways: Way[]): Promise<void> {
  const seen = ways.map((way) => ({ ...way, figures: [] as Figures[] }))
  for (const { server, load } of ways) await run(server, load, CALLERS, WARM_SECONDS)
  for (let round = 0; round < ROUNDS; round++)
    for (const it of round % 2 === 0 ? seen : seen.toReversed())
      it.figures.push(await run(it.server, it.load, CALLERS, SECONDS))
  console.log(`\n${name}: ${CALLERS} callers, median of ${ROUNDS} rounds of ${SECONDS} s`)
  const [first, ...others] = seen.map(({ name, figures }) => ({
    name,
    rate: median(figures.map((it) => it.rate)),
    p99: median(figures.map((it) => it.p99)),
    cpu: median(figures.map((it) => it.cpu)),
  }))
  if (!first) return
  console.log(`  ${line(first)}`)
  for (const it of others)
    console.log(
      `  ${line(it)}   ${first.name} has ${(first.rate / it.rate).toFixed(2)} of its rate, ${(first.cpu / it.cpu).toFixed(2)} of its Node.js`,
    )
}

function line({ name, rate, p99, cpu }: Figures & { name: string }): string {
  return `${name.padEnd(20)} ${String(Math.round(rate)).padStart(6)}/s   p99 ${String(Math.round(p99)).padStart(4)} ms   ${cpu.toFixed(2)} ms of Node.js`
}
