import { env } from '@/lib/env'
import { notFound } from '@/lib/errors'
import { createModel, type Model } from '@/lib/providers/model'
import { type GenerateInput, TOKENS_PER_CREDIT } from '@/lib/schemas/generations'
import { accept } from '@/lib/services/generations/accept'
import { run } from '@/lib/services/generations/run'
import { briefOf } from '@/lib/services/projects'
import { isVisitor, type Subject } from '@/lib/services/subject'

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

type Runs = { live: Set<Promise<void>>; shutdown: AbortController }
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
 * @throws AppError what accept() throws, and `not_found` (the project).
 */
export async function generate(
  subject: Subject,
  input: GenerateInput,
  { key, quoted = null }: { key: string | null; quoted?: number | null },
) {
  const brief = input.projectId ? await briefIn(subject, input.projectId) : ''
  const leaseMs = env().GENERATION_LEASE_MS
  const engine = model()
  const accepted = await accept(subject, input, { key, quoted, brief, leaseMs, model: engine })
  if (!accepted.replayed) {
    const { tool, prompt, text } = input
    const request = { tool, prompt, text, brief, maxOutputTokens: accepted.price * TOKENS_PER_CREDIT }
    const running = run({ ...accepted, leaseMs, model: engine, request }, runs().shutdown.signal)
    runs().live.add(running)
    running.finally(() => runs().live.delete(running))
  }
  return accepted
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
  await Promise.allSettled([...live])
  clearTimeout(grace)
}
