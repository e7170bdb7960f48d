import { recordAnswer } from './answers'
import type { Client } from './client'
import { type Filled, submit } from './forms'
import { type Attempt, askJson, askStream, sentOf } from './rest'
import { send } from './send'

/** Sends what was sent before: mostly the same again, sometimes something else under the same key. */
export async function replay(client: Client, attempt: Attempt): Promise<void> {
  const { dice, journal } = client
  journal.replays++
  if (dice.chance(0.2)) return reuseKey(client, attempt)
  await (dice.chance(0.5) ? askJson(client, attempt) : askStream(client, attempt))
}

/** The same key with another body: refused, if the key was taken before. */
async function reuseKey(client: Client, attempt: Attempt): Promise<void> {
  // Only of a key that is taken for certain: else this body would be the one that takes it.
  if (!attempt.acknowledged) return
  const other = { ...attempt, body: { tool: 'titles', text: `Another body than ${attempt.key}'s` } }
  const answer = await send(other.caller, `${client.url()}/api/generate`, {
    method: 'POST',
    json: other.body,
    headers: { 'Idempotency-Key': other.key },
  })
  if (answer.status !== 422 && answer.status !== 503 && answer.status !== 429) {
    client.journal.surprises.push({ what: 'a key was taken twice', detail: `${other.key}: ${answer.status}` })
  }
  await recordAnswer(client.journal, { ...sentOf(other), key: null }, answer)
}

/** Sends everything again that was sent, one after the other. Nothing is broken by now: each has its answer. */
export async function replayAll({ sent, journal }: Client): Promise<void> {
  for (const again of sent) {
    journal.replaysAtEnd++
    await again().catch((error: unknown) => {
      journal.surprises.push({ what: 'a replay at the end', detail: String(error) })
    })
  }
}

export async function replayForm(client: Client, filled: Filled): Promise<void> {
  client.journal.replays++
  await submit(client, filled)
}
