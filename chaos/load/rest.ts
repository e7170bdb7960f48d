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

/** Asks for a generation and reads it as it comes; sometimes goes away in the middle, and comes back elsewhere. */
export async function askStream(client: Client, attempt: Attempt): Promise<void> {
  const { dice } = client
  const leaving = new AbortController()
  const sent = sentOf(attempt)
  const answer = await send(attempt.caller, `${client.url()}/api/generate`, {
    method: 'POST',
    json: attempt.body,
    headers: { 'Idempotency-Key': attempt.key, Accept: 'text/event-stream' },
    signal: leaving.signal,
  })
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    attempt.acknowledged ??= await recordAnswer(client.journal, sent, answer)
    return
  }
  const until = dice.chance(0.4) ? dice.between(0, 6) : null
  const { id, last } = await readStream(client, sent, answer, 0, null, until).finally(() => leaving.abort())
  attempt.acknowledged ??= id
  if (id && dice.chance(0.25)) await stop(client, attempt.caller, id)
  if (id && until !== null) await reattach(client, attempt.caller, id, last)
}

/** Comes back to a stream with what has been seen of it. */
export async function reattach(client: Client, caller: Caller, id: string, after: number): Promise<void> {
  const sent = { subject: caller.subject, key: null, body: `re-attach ${id}`, sentAt: Date.now() }
  const answer = await send(caller, `${client.url()}/api/generate/${id}`, {
    headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(after) },
  })
  if (answer.status === 200) await readStream(client, sent, answer, after, id, null)
  else await recordAnswer(client.journal, sent, answer)
}

export async function stop(client: Client, caller: Caller, id: string): Promise<void> {
  const sent = { subject: caller.subject, key: null, body: `stop ${id}`, sentAt: Date.now() }
  const answer = await send(caller, `${client.url()}/api/generate/${id}/stop`, { method: 'POST' })
  await recordAnswer(client.journal, sent, answer)
}

/** Reads up to `leaveAfter` deltas, or to the end; what was read counts, however it ends. */
async function readStream(
  { journal }: Client,
  sent: Sent,
  answer: Response,
  after: number,
  known: string | null,
  leaveAfter: number | null,
): Promise<{ id: string | null; last: number }> {
  const reading: Reading = { id: known ?? '', after, chunks: [], ended: false }
  const base = () => ({ ...sent, http: answer.status, answeredAt: Date.now() })
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
  return { id: reading.id || null, last: reading.chunks.at(-1)?.seq ?? after }
}

export function sentOf({ caller, key, body }: Attempt): Sent {
  return { subject: caller.subject, key: `rest:${key}`, body: JSON.stringify(body), sentAt: Date.now() }
}
