import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@/lib/ids'
import { TOOLS } from '@/lib/schemas/tools'
import { grant } from '@/lib/services/credits'
import type { Fleet } from '../fleet'
import type { Dice } from '../random'
import { type Filled, openGenerate, openStop, submit, submitStop } from './forms'
import type { Journal } from './journal'
import { type Caller, visitor, type Writer } from './people'
import { createPost } from './posts'
import { makeBody } from './prompts'
import { replay, replayForm } from './replays'
import { type Attempt, askJson, askStream, readOn, reattach, stop } from './rest'
import { send } from './send'

/** One of those who use the product at the same time, each one thing after the other. */
export type Client = {
  dice: Dice
  journal: Journal
  /** Where to send the next request; to another instance than this one, if there is another. */
  url(besides?: string): string
  /** Every request that was sent, as what it takes to send it again. */
  sent: (() => Promise<unknown>)[]
}

/** How many of the last requests may be sent again while things break. */
const MEMORY = 60

/**
 * Uses the product in every way until the deadline.
 *
 * @returns when its last request has ended: who it was, and with it what it sent.
 */
export async function useProduct(
  fleet: Fleet,
  writers: Writer[],
  journal: Journal,
  dice: Dice,
  until: number,
): Promise<Client> {
  const client: Client = { dice, journal, url: (besides) => fleet.any(dice, besides).url, sent: [] }
  const attempts: Attempt[] = []
  const forms: Filled[] = []

  /** Does it, and lets it be done again at the end. */
  const keep = <Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    client.sent.push(act)
    return act()
  }
  const someone = (): Caller => (dice.chance(0.15) ? visitor(dice) : dice.pick(writers).rest)
  const newAttempt = (caller = someone()): Attempt => {
    const { body, fails } = makeBody(dice, newId(), caller.key ? TOOLS : ['summarize', 'titles'])
    if (fails) journal.providerFailures++
    const attempt = { caller, key: newId(), body, acknowledged: null }
    attempts.push(attempt)
    if (attempts.length > MEMORY) attempts.shift()
    return attempt
  }
  const byJson = (attempt: Attempt) => keep(() => askJson(client, attempt))
  const byStream = async (attempt: Attempt): Promise<void> => {
    const { caller } = attempt
    const leaveAfter = dice.chance(0.4) ? dice.between(0, 6) : null
    client.sent.push(() => askStream(client, attempt))
    const seen = await askStream(client, attempt, leaveAfter)
    if (!seen) return
    if (dice.chance(0.25)) await keep(() => stop(client, caller, seen.id))
    await readOn(client, caller, seen)
  }
  const byForm = async (): Promise<void> => {
    const caller = dice.chance(0.2) ? visitor(dice) : dice.pick(writers).browser
    const { body, fails } = makeBody(dice, newId(), caller.cookie ? TOOLS : ['summarize', 'titles'])
    if (fails) journal.providerFailures++
    const filled = await openGenerate(client, caller, body)
    if (!filled) return
    forms.push(filled)
    if (forms.length > MEMORY) forms.shift()
    const id = await keep(() => submit(client, filled))
    const form = id && caller.cookie && dice.chance(0.3) ? await openStop(client, caller, id) : null
    if (form) await keep(() => submitStop(client, caller, form))
  }
  const post = async (): Promise<void> => {
    const [caller, key] = [dice.pick(writers).rest, newId()]
    client.sent.push(() => createPost(client, caller, key))
    for (let asked = 0; asked < 3; asked++) {
      const made = await createPost(client, caller, key).catch(() => false)
      if (made && dice.chance(0.7)) return
    }
  }
  const price = (): Promise<void> => {
    const caller = dice.pick(writers).rest
    return keep(() => dryRun(client, caller))
  }
  const gift = (): Promise<void> => {
    const [{ userId }, ref] = [dice.pick(writers), `chaos-${dice.between(1, 40)}`]
    return keep(() => giveOnce(journal, userId, ref))
  }
  const earlier = (act: (attempt: Attempt) => Promise<unknown>) => async () => {
    if (attempts.length > 0) await act(dice.pick(attempts))
  }
  const known = (act: (caller: Caller, id: string) => Promise<unknown>) =>
    earlier(async ({ caller, acknowledged: id }) => id && keep(() => act(caller, id)))

  const jobs = [
    [20, () => byJson(newAttempt())],
    [22, () => byStream(newAttempt())],
    [16, byForm],
    [14, earlier((attempt) => replay(client, attempt))],
    [6, async () => forms.length > 0 && replayForm(client, dice.pick(forms))],
    // The same key by two callers at once: one of them makes it, the other must find it.
    [4, () => together(newAttempt(), (attempt) => [byJson(attempt), byStream(attempt)])],
    [4, known((caller, id) => stop(client, caller, id))],
    [5, known((caller, id) => reattach(client, caller, { id, last: 0, ended: false, url: '' }))],
    [6, post],
    [4, price],
    [3, gift],
  ] as const

  while (Date.now() < until) {
    journal.requests++
    await dice
      .weigh(jobs)()
      .catch(() => {
        journal.unanswered++
      })
    await sleep(dice.between(0, 120))
  }
  return client
}

async function together(attempt: Attempt, ask: (attempt: Attempt) => Promise<void>[]): Promise<void> {
  await Promise.allSettled(ask(attempt))
}

/** Asks the price; that it changes nothing shows in the counters at the end. */
async function dryRun(client: Client, caller: Caller): Promise<void> {
  const json = { tool: 'titles', text: 'A lighthouse.' }
  const answer = await send(caller, `${client.url()}/api/generate?dryRun=1`, { method: 'POST', json })
  await answer.text()
  if (answer.status >= 500) throw new Error(`a dry run was answered ${answer.status}`)
}

/** As an operator's script does, which does not know whether it was heard, and asks again (M9). */
async function giveOnce(journal: Journal, userId: string, ref: string): Promise<void> {
  const asked = await Promise.allSettled([1, 2].map(() => grant({ userId, amount: 5, reason: 'Chaos', ref })))
  if (asked.some(({ status }) => status === 'fulfilled')) journal.grants.push({ userId, ref })
}
