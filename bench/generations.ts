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

/** 200 streams at once of 100 chunks in 10 seconds each: the rate at which text arrives, and the memory it takes. */
export async function benchStreams({ productUrl, productPid, providerUrl }: Bench): Promise<void> {
  const prompt = 'A lighthouse [[chunks:100]] [[delay:100]]'
  const keys = await Promise.all(Array.from({ length: STREAMS }, richKey))
  const direct = await charactersPerSecond(keys.map(() => () => fromProvider(providerUrl, prompt)))
  const through = await charactersPerSecond(keys.map((key) => () => fromInkwell(productUrl, key, prompt)))
  const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${productPid}/status`, 'utf8'))?.[1]) / 1024
  console.log(`\n${STREAMS} streams at once, 100 chunks in 10 s each`)
  console.log(`  from the provider directly   ${Math.round(direct)} characters/s`)
  console.log(
    `  through Inkwell              ${Math.round(through)} characters/s   ${((100 * through) / direct).toFixed(1)} % of it`,
  )
  console.log(`  the most memory it took      ${Math.round(memory)} MB`)
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

async function charactersPerSecond(streams: (() => Promise<Response>)[]): Promise<number> {
  const started = performance.now()
  const lengths = await Promise.all(streams.map(async (open) => textOf(await (await open()).text()).length))
  return lengths.reduce((all, one) => all + one, 0) / ((performance.now() - started) / 1000)
}

/** The generated text in a stream of either kind. */
function textOf(stream: string): string {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)))
    .map((data) => data.text ?? data.choices?.[0]?.delta?.content ?? '')
    .join('')
}
