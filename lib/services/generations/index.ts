import { isDraining } from '@/lib/draining'
import { env } from '@/lib/env'
import { AppError, notFound } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { createModel, type Model } from '@/lib/providers/model'
import { type GenerateInput, TOKENS_PER_CREDIT } from '@/lib/schemas/generations'
import { type Accepted, accept, acceptedBefore } from '@/lib/services/generations/accept'
import { run } from '@/lib/services/generations/run'
import { listenForStop } from '@/lib/services/generations/stop'
import { sweep } from '@/lib/services/generations/sweep'
import { briefOf } from '@/lib/services/projects'
import { isVisitor, type Subject, subjectKey } from '@/lib/services/subject'
import { quote } from '@/lib/services/usage'

export { currentBalance, type OpenHold, openHolds } from '@/lib/services/generations/balance'
export { follow } from '@/lib/services/generations/follow'
export {
  type GenerationSummary,
  type GenerationView,
  listGenerations,
  readGeneration,
} from '@/lib/services/generations/read'
export { saveAsPost } from '@/lib/services/generations/save-as-post'
export { requestStop } from '@/lib/services/generations/stop'

type Runs = { live: Set<Promise<unknown>>; shutdown: AbortController }
const holder = globalThis as typeof globalThis & { inkwellRuns?: Runs }

function runs(): Runs {
  holder.inkwellRuns ??= { live: new Set(), shutdown: new AbortController() }
  return holder.inkwellRuns
}

/**
 * Takes a generation on and answers at once; it then runs in this instance, whoever is listening.
 *
 * @param key the attempt key: the same key with the same input answers what was made the first time.
 * @param quoted the price in credits that the caller was shown; a higher one by now is refused.
 * @throws AppError what accept() throws, `not_found` (the project), and `unavailable` where the server is stopping.
 */
export function generate(subject: Subject, input: GenerateInput, attempt: AttemptOptions): Promise<Accepted> {
  return keep(admitOrReplay(subject, input, attempt))
}

type AttemptOptions = { key: string | null; quoted?: number | null }

/** What was accepted under this key before is answered, whatever has become of the project or the server since. */
async function admitOrReplay(
  subject: Subject,
  input: GenerateInput,
  attempt: AttemptOptions,
): Promise<Accepted> {
  let brief: string
  try {
    brief = await admit(subject, input)
  } catch (refusal) {
    const before = attempt.key === null ? null : await acceptedBefore(subject, input, attempt.key)
    if (before) return before
    throw refusal
  }
  return startRun(subject, input, brief, attempt)
}

/** Whether it can be taken on at all. @returns what its project tells it. */
async function admit(subject: Subject, { projectId }: Pick<GenerateInput, 'projectId'>): Promise<string> {
  if (isDraining()) {
    throw new AppError('unavailable', 'This server is stopping. Please try again.', { retryAfter: 5 })
  }
  return projectId ? briefIn(subject, projectId) : ''
}

async function startRun(
  subject: Subject,
  input: GenerateInput,
  brief: string,
  { key, quoted = null }: AttemptOptions,
): Promise<Accepted> {
  const leaseMs = env().GENERATION_LEASE_MS
  const engine = model()
  const id = newId()
  // Before it is accepted: from then on it may be stopped.
  const { stopped, dispose } = listenForStop(id)
  try {
    const options = { id, key, quoted, brief, leaseMs, model: engine }
    const accepted = await accept(subject, input, options).catch(async (error: unknown) => {
      // What a dead instance still holds is the caller's to spend.
      if (!(await freedHolds(subject, error))) throw error
      return accept(subject, input, options)
    })
    if (accepted.replayed) dispose()
    else {
      const { tool, prompt, text } = input
      const request = { tool, prompt, text, brief, maxOutputTokens: accepted.price * TOKENS_PER_CREDIT }
      const work = { ...accepted, owner: subjectKey(subject), leaseMs, model: engine, request }
      keep(run(work, stopped, runs().shutdown.signal).finally(dispose))
    }
    return accepted
  } catch (error) {
    dispose()
    throw error
  }
}

/** A server that stops waits for it, too: for what runs, and for what is just being accepted. */
function keep<Result>(working: Promise<Result>): Promise<Result> {
  const { live } = runs()
  live.add(working)
  const done = () => live.delete(working)
  working.then(done, done)
  return working
}

/** Whether credits were short, and some have come back that had been held for longer than their lease. */
async function freedHolds(subject: Subject, error: unknown): Promise<boolean> {
  const short = error instanceof AppError && error.code === 'insufficient_credits'
  return short && !isVisitor(subject) && (await sweep(subject.userId)).length > 0
}

/** What a generation would hold now, and what is left; refused as it would be. Nothing happens. */
export async function quoteFor(subject: Subject, { tool, projectId }: GenerateInput) {
  if (projectId) await briefIn(subject, projectId)
  // What has outlived its lease is given back first, so that the balance is what could be spent.
  if (!isVisitor(subject)) await sweep(subject.userId)
  return quote(subject, tool)
}

/** A visitor has no projects, so there is none of theirs to find. */
function briefIn(subject: Subject, projectId: string): Promise<string> {
  if (isVisitor(subject)) throw notFound('project')
  return briefOf(subject, projectId)
}

// Not on globalThis: routes and actions are separate module graphs, each with an AppError of its own, and one
// that another graph's model throws would be taken for a mistake of ours.
let current: Model | undefined

/** The model in use, as the environment says. */
export function model(): Model {
  const it = env()
  current ??= createModel({
    baseUrl: it.AI_BASE_URL ?? null,
    apiKey: it.AI_API_KEY ?? null,
    model: it.AI_MODEL ?? null,
    timeoutMs: it.AI_TIMEOUT_MS,
    stallMs: it.AI_STALL_MS,
  })
  return current
}

/** Lets what runs here end by itself for a while, then ends it, with the holds given back. */
export async function drainRuns(graceMs: number): Promise<void> {
  const { live, shutdown } = runs()
  const grace = setTimeout(() => shutdown.abort(), graceMs)
  // What was being accepted runs by the time that it has been.
  while (live.size > 0) await Promise.allSettled(live)
  clearTimeout(grace)
}
