import { readFileSync } from 'node:fs'
import { createKeyFor, createPerson } from '@/e2e/fixtures/factories'
import { median } from './measure'

type Bench = { productUrl: string; productPid: number; providerUrl: string }

const CALLS = 60
const PROMPT = 'A lighthouse [[delay:1]]'

/**
 * One caller, through Inkwell and to the provider directly: how long until the provider has the request, and how
 * long until the caller has the first of the text.
 */
export async function benchFirstToken({ productUrl, providerUrl }: Bench): Promise<void> {
  const key = await richKey()
  const ways = {
    direct: () => fromProvider(providerUrl, PROMPT),
    through: () => fromInkwell(productUrl, key, PROMPT),
  }
  const seen = { direct: [] as Moments[], through: [] as Moments[] }
  for (let n = 0; n < CALLS; n++) {
    seen.direct.push(await momentsOf(ways.direct, '"content":"', providerUrl))
    seen.through.push(await momentsOf(ways.through, 'event: delta', providerUrl))
  }
  for (const moment of ['request', 'token'] as const) {
    const [provider, inkwell] = [seen.direct, seen.through].map((all) => median(all.map((it) => it[moment])))
    console.log(`\n${NAMES[moment]}: one caller, median of ${CALLS}`)
    console.log(`  from the provider directly   ${provider?.toFixed(1)} ms`)
    const added = (inkwell ?? 0) - (provider ?? 0)
    console.log(`  through Inkwell              ${inkwell?.toFixed(1)} ms   adds ${added.toFixed(1)} ms`)
  }
}

/** In milliseconds from sending. */
type Moments = { request: number; token: number }
const NAMES = { request: 'the request reaches the provider', token: 'first token' }

async function momentsOf(call: () => Promise<Response>, mark: string, providerUrl: string): Promise<Moments> {
  await fetch(`${providerUrl}/__reset`, { method: 'POST' })
  const sent = performance.timeOrigin + performance.now()
  const token = await timeTo(mark, call())
  const { times } = (await (await fetch(`${providerUrl}/__requests`)).json()) as { times: number[] }
  return { request: (times[0] ?? Number.NaN) - sent, token }
}

const STREAMS = 200

/**
 * 200 streams at once of 100 chunks in 10 seconds each: the rate at which text arrives while all of them run, the rate
 * over all, from the first request to the last end, and the memory it takes.
 */
export async function benchStreams({ productUrl, productPid, providerUrl }: Bench): Promise<void> {
  const prompt = 'A lighthouse [[chunks:100]] [[delay:100]]'
  const keys = await Promise.all(Array.from({ length: STREAMS }, richKey))
  const direct = await ratesOf(keys.map(() => () => fromProvider(providerUrl, prompt)))
  const through = await ratesOf(keys.map((key) => () => fromInkwell(productUrl, key, prompt)))
  const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${productPid}/status`, 'utf8'))?.[1]) / 1024
  console.log(`\n${STREAMS} streams at once, 100 chunks in 10 s each, in characters/s`)
  for (const [name, rate] of [
    ['while all of them run', 'running'],
    ['from first request to last end', 'whole'],
  ] as const) {
    const share = ((100 * through[rate]) / direct[rate]).toFixed(1)
    console.log(
      `  ${name.padEnd(31)} the provider ${Math.round(direct[rate])}, through Inkwell ${Math.round(through[rate])}, ${share} % of it`,
    )
  }
  console.log(`  the most memory it took         ${Math.round(memory)} MB`)
}

async function richKey(): Promise<string> {
  return createKeyFor(await createPerson({ tier: 'unlimited', credits: 100_000 }))
}

function fromProvider(url: string, prompt: string): Promise<Response> {
  return post(
    `${url}/v1/chat/completions`,
    {},
    { model: 'm', stream: true, messages: [{ role: 'user', content: prompt }] },
  )
}

function fromInkwell(url: string, key: string, prompt: string): Promise<Response> {
  return post(
    `${url}/api/generate`,
    { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' },
    { prompt },
  )
}

function post(url: string, headers: Record<string, string>, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** Milliseconds until the answer holds `mark`; it is then read to its end. */
async function timeTo(mark: string, answering: Promise<Response>): Promise<number> {
  const started = performance.now()
  let seen = ''
  let found: number | undefined
  for await (const text of (await answering).body?.pipeThrough(new TextDecoderStream()) ?? []) {
    seen += text
    if (seen.includes(mark)) found ??= performance.now() - started
  }
  if (found === undefined) throw new Error(`there was no ${mark} in ${seen.slice(0, 500)}`)
  return found
}

type Arrival = { at: number; characters: number }

/** Characters a second: while all of the streams run, and over the whole. */
async function ratesOf(streams: (() => Promise<Response>)[]): Promise<{ running: number; whole: number }> {
  const started = performance.now()
  const all = await Promise.all(streams.map(async (open) => arrivalsOf(await open())))
  const ended = performance.now()
  const from = Math.max(...all.map((arrivals) => arrivals.at(0)?.at ?? ended))
  const to = Math.min(...all.map((arrivals) => arrivals.at(-1)?.at ?? started))
  const arrivals = all.flat()
  return {
    running: rateOf(
      arrivals.filter(({ at }) => at > from && at <= to),
      to - from,
    ),
    whole: rateOf(arrivals, ended - started),
  }
}

function rateOf(arrivals: Arrival[], milliseconds: number): number {
  return arrivals.reduce((sum, { characters }) => sum + characters, 0) / (milliseconds / 1000)
}

/** When how much text came, in a stream of either kind. */
async function arrivalsOf(answer: Response): Promise<Arrival[]> {
  const arrivals: Arrival[] = []
  let waiting = ''
  for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (waiting + piece).split('\n')
    waiting = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue
      const data = JSON.parse(line.slice(6))
      const text: string = data.text ?? data.choices?.[0]?.delta?.content ?? ''
      if (text) arrivals.push({ at: performance.now(), characters: text.length })
    }
  }
  return arrivals
}
