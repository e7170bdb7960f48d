import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@/lib/ids'
import { TOOLS } from '@/lib/schemas/tools'
import { grant } from '@/lib/services/credits'
import type { Fleet } from '../fleet'
import type { Dice } from '../random'
import { type Filled, openGenerate, stopByForm, submit } from './forms'
import type { Journal } from './journal'
import { type Caller, visitor, type Writer } from './people'
import { createPost } from './posts'
import { makeBody } from './prompts'
import { replay, replayForm } from './replays'
import { type Attempt, askJson, askStream, reattach, stop } from './rest'
import { send } from './send'

/** One of those who use the product at the same time, each one thing after the other. */
export type Client = {
  dice: Dice
  journal: Journal
  /** Where to send the next request. */
  url(): string
}

/** How many of the last requests are kept to be sent again. */
const MEMORY = 60

/** Uses the product in every way until the deadline, and answers when its last request has ended. */
export async function useProduct(
  fleet: Fleet,
  writers: Writer[],
  journal: Journal,
  dice: Dice,
  until: number,
) {
  const client: Client = { dice, journal, url: () => fleet.any(dice).url }
  const attempts: Attempt[] = []
  const forms: Filled[] = []

  const someone = (): Caller => (dice.chance(0.15) ? visitor(dice) : dice.pick(writers).rest)
  const newAttempt = (caller = someone()): Attempt => {
    const { body, fails } = makeBody(dice, newId(), caller.key ? TOOLS : ['summarize', 'titles'])
    if (fails) journal.providerFailures++
    const attempt = { caller, key: newId(), body, acknowledged: null }
    attempts.push(attempt)
    if (attempts.length > MEMORY) attempts.shift()
    return attempt
  }
  const byForm = async (): Promise<void> => {
    const caller = dice.chance(0.2) ? visitor(dice) : dice.pick(writers).browser
    const { body, fails } = makeBody(dice, newId(), caller.cookie ? TOOLS : ['summarize', 'titles'])
    if (fails) journal.providerFailures++
    const filled = await openGenerate(client, caller, body)
    if (!filled) return
    forms.push(filled)
    if (forms.length > MEMORY) forms.shift()
    const id = await submit(client, filled)
    if (id && caller.cookie && dice.chance(0.3)) await stopByForm(client, caller, id)
  }
  const earlier = (act: (attempt: Attempt) => Promise<void>) => async () => {
    if (attempts.length > 0) await act(dice.pick(attempts))
  }

  const jobs = [
    [20, () => askJson(client, newAttempt())],
    [22, () => askStream(client, newAttempt())],
    [16, byForm],
    [14, earlier((attempt) => replay(client, attempt))],
    [6, async () => void (forms.length > 0 && (await replayForm(client, dice.pick(forms))))],
    // The same key by two callers at once: one of them makes it, the other must find it.
    [4, () => together(newAttempt(), (attempt) => [askJson(client, attempt), askStream(client, attempt)])],
    [4, earlier(async ({ caller, acknowledged: id }) => void (id && (await stop(client, caller, id))))],
    [
      5,
      earlier(async ({ caller, acknowledged: id }) => void (id && (await reattach(client, caller, id, 0)))),
    ],
    [6, () => createPost(client, dice.pick(writers).rest)],
    [4, () => dryRun(client, dice.pick(writers).rest)],
    [3, () => giveOnce(journal, dice.pick(writers).userId, `chaos-${dice.between(1, 40)}`)],
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
}

async function together(attempt: Attempt, ask: (attempt: Attempt) => Promise<void>[]): Promise<void> {
  await Promise.allSettled(ask(attempt))
}

/** Asks the price; that it changes nothing shows in the counters at the end. */
async function dryRun(client: Client, caller: Caller): Promise<void> {
  const json = { tool: 'titles', text: 'A lighthouse.' }
  const answer = await send(caller, `${client.url()}/api/generate?dryRun=1`, { method: 'POST', json })
  await answer.text()
}

/** As an operator's script does, which does not know whether it was heard, and asks again (M9). */
async function giveOnce(journal: Journal, userId: string, ref: string): Promise<void> {
  const asked = await Promise.allSettled([1, 2].map(() => grant({ userId, amount: 5, reason: 'Chaos', ref })))
  if (asked.some(({ status }) => status === 'fulfilled')) journal.grants.push({ userId, ref })
}
