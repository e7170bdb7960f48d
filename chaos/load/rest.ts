import type { GenerationBody } from '@/e2e/fixtures/generations'
import { eventsOf } from '@/e2e/fixtures/sse'
import { outcomeOf, type Problem, recordAnswer, recordProblem, type Sent } from './answers'
import type { Client } from './client'
import type { Reading } from './journal'
import type { Caller } from './people'
import { send } from './send'

/** What was asked for once, so that it can be asked again. */
export type Attempt = { caller: Caller; key: string; body: object; acknowledged: string | null }

/** Asks for a generation and waits for the answer. */
export async function askJson(client: Client, attempt: Attempt): Promise<void> {
  const { journal } = client
  const sent = sentOf(attempt)
  const answer = await send(attempt.caller, `${client.url()}/api/generate`, {
    method: 'POST',
    json: attempt.body,
    headers: { 'Idempotency-Key': attempt.key },
  })
  const id = await recordAnswer(journal, sent, answer)
  attempt.acknowledged ??= id
}

/** What a reader has seen of a stream, and from whom. */
export type Seen = { id: string; last: number; ended: boolean; url: string }

/**
 * Asks for a generation and reads it as it comes, to its end, or until so many deltas have come.
 *
 * @returns null where no stream was opened.
 */
export async function askStream(
  client: Client,
  attempt: Attempt,
  leaveAfter: number | null = null,
): Promise<Seen | null> {
  const leaving = new AbortController()
  const sent = sentOf(attempt)
  const url = client.url()
  const answer = await send(attempt.caller, `${url}/api/generate`, {
    method: 'POST',
    json: attempt.body,
    headers: { 'Idempotency-Key': attempt.key, Accept: 'text/event-stream' },
    signal: leaving.signal,
  })
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    attempt.acknowledged ??= await recordAnswer(client.journal, sent, answer)
    return null
  }
  const reading: Reading = { id: '', after: 0, chunks: [], ended: false, sentAt: sent.sentAt }
  await readStream(client, sent, answer, reading, leaveAfter).finally(() => leaving.abort())
  attempt.acknowledged ??= reading.id || null
  return reading.id ? seenOf(reading, url) : null
}

/** Comes back to a stream with what has been seen of it, to another instance. */
export async function reattach(
  client: Client,
  caller: Caller,
  { id, last, url }: Seen,
): Promise<Seen | null> {
  const sent = { subject: caller.subject, key: null, body: `re-attach ${id}`, sentAt: Date.now() }
  const other = client.url(url)
  const answer = await send(caller, `${other}/api/generate/${id}`, {
    headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(last) },
  })
  if (answer.status !== 200) {
    await recordAnswer(client.journal, sent, answer)
    return null
  }
  const reading: Reading = { id, after: last, chunks: [], ended: false, sentAt: sent.sentAt }
  await readStream(client, sent, answer, reading, null)
  return seenOf(reading, other)
}

/** How often a reader whose connection was cut comes back. */
const RETURNS = 5

/** Comes back as often as it takes to see the end. */
export async function readOn(client: Client, caller: Caller, seen: Seen): Promise<void> {
  let at = seen
  for (let n = 0; n < RETURNS && !at.ended; n++) {
    client.journal.returns++
    const next = await reattach(client, caller, at).catch(() => null)
    if (!next) client.journal.unanswered++
    at = next ?? at
  }
}

export async function stop(client: Client, caller: Caller, id: string): Promise<void> {
  const sent = { subject: caller.subject, key: null, body: `stop ${id}`, sentAt: Date.now() }
  const answer = await send(caller, `${client.url()}/api/generate/${id}/stop`, { method: 'POST' })
  await recordAnswer(client.journal, sent, answer)
}

/** Reads up to `leaveAfter` deltas, or to the end, or until the connection is cut: what was read counts. */
async function readStream(
  { journal }: Client,
  sent: Sent,
  answer: Response,
  reading: Reading,
  leaveAfter: number | null,
): Promise<void> {
  const base = () => ({ ...sent, http: answer.status, answeredAt: Date.now() })
  try {
    for await (const { id: seq, event, data } of eventsOf(answer)) {
      if (event === 'start') {
        reading.id = String(data.id)
        journal.readings.push(reading)
        journal.acks.push({ ...base(), code: null, id: reading.id, outcome: null })
      }
      if (event === 'delta') reading.chunks.push({ seq: seq ?? -1, text: String(data.text) })
      if (event === 'done') {
        reading.ended = true
        const outcome = outcomeOf(data as unknown as GenerationBody)
        journal.acks.push({ ...base(), code: null, id: String(data.id), outcome })
      }
      if (event === 'error') {
        const problem = data.problem as Problem
        reading.ended = problem.generationId !== undefined
        recordProblem(journal, { ...base(), http: problem.status ?? 0 }, problem)
      }
      if (leaveAfter !== null && reading.chunks.length >= leaveAfter) break
    }
  } catch {
    journal.cut++
  }
}

function seenOf({ id, after, chunks, ended }: Reading, url: string): Seen {
  return { id, last: chunks.at(-1)?.seq ?? after, ended, url }
}

export function sentOf({ caller, key, body }: Attempt): Sent {
  return { subject: caller.subject, key: `rest:${key}`, body: JSON.stringify(body), sentAt: Date.now() }
}
